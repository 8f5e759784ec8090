#include "bounce/free_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/layouts/hints.hpp"
#include "bounce/layouts/shape.hpp"
#include "bounce/mailbox_text.hpp"
#include "message/address.hpp"

namespace mailtrust::bounce {
namespace {

constexpr std::size_t kMaxSayings = 4096;
constexpr std::size_t kMaxParagraph = 30;  // lines about one address

/// An address where it stands in its line.
struct Mention {
  std::string mailbox;
  std::size_t begin = 0;  ///< with its bracket
  std::size_t end = 0;
};

bool ends_mailbox(char c) {
  constexpr std::string_view kEnds = " \t<>()[]{},;:\"'|";
  return kEnds.find(c) != std::string_view::npos;
}

// The mailbox around the "@" at `at`; none where another "@" is in it, so that no octet is looked
// at for more than two of them.
std::optional<Mention> mention_at(std::string_view line, std::size_t at) {
  auto begin = at;
  while (begin > 0 && line[begin - 1] != '@' && !ends_mailbox(line[begin - 1])) --begin;
  auto end = at + 1;
  bool literal = line.substr(end, 1) == "[";
  if (literal) end = std::min(line.find(']', end), line.size() - 1) + 1;
  while (!literal && end < line.size() && line[end] != '@' && !ends_mailbox(line[end])) ++end;
  if ((begin > 0 && line[begin - 1] == '@') || line.substr(end, 1) == "@") return std::nullopt;
  auto text = line.substr(begin, end - begin);
  while (!text.empty() && !ascii::is_alnum(text.back()) && text.back() != ']' &&
         static_cast<unsigned char>(text.back()) < 128)
    text.remove_suffix(1);
  if (!is_mailbox(text)) return std::nullopt;
  Mention mention{std::string(text), begin, begin + text.size()};
  if (mention.begin > 0 && line[mention.begin - 1] == '<') --mention.begin;
  if (line.substr(mention.end, 1) == ">") ++mention.end;
  return mention;
}

std::optional<Mention> first_mention(std::string_view line) {
  for (auto at = line.find('@'); at != std::string_view::npos; at = line.find('@', at + 1))
    if (auto mention = mention_at(line, at)) return mention;
  return std::nullopt;
}

// "Sorry, your message to", "SMTP server mx.example.com rejected recipient": in a sentence.
bool ends_with_label(std::string_view words) {
  constexpr auto kEnds = std::to_array<std::string_view>(
      {"your message to", "your mail to", "your email to", "your e-mail to", "delivered to",
       "deliver to", "delivery to", "deliver message to", "message sent to", "you sent to",
       "recipient", "recipient address", "mailbox", "the user", "the account", "zugestellt an",
       "nachricht an"});
  // Of languages without blanks.
  for (std::string_view colon : {"：", "【", "「", "("})
    if (words.ends_with(colon)) words.remove_suffix(colon.size());
  for (std::string_view end : {"收件人", "收件者", "收信人", "收件地址", "宛先", "受信者",
                               "받는 사람", "получатель", "Получатель", "получателю"})
    if (words.ends_with(end)) return true;
  return std::ranges::any_of(kEnds, [&](auto end) {
    return words.ends_with(end) &&
           (words.size() == end.size() || words[words.size() - end.size() - 1] == ' ');
  });
}

bool is_label(std::string_view text) {
  constexpr auto kLabels = std::to_array<std::string_view>({"to",
                                                            "rcpt to",
                                                            "recipient",
                                                            "recipients",
                                                            "recipient address",
                                                            "original recipient",
                                                            "failed recipient",
                                                            "intended recipient",
                                                            "address",
                                                            "user",
                                                            "mailbox",
                                                            "e-mail",
                                                            "email",
                                                            "email address",
                                                            "undeliverable to",
                                                            "undeliverable address",
                                                            "not delivered to",
                                                            "failed to deliver to",
                                                            "could not be delivered to",
                                                            "unable to deliver to",
                                                            "unable to deliver message to",
                                                            "delivery failed to",
                                                            "delivery to",
                                                            "failed address",
                                                            "bad address",
                                                            "final recipient",
                                                            "your message to",
                                                            "message to",
                                                            "mail to",
                                                            "destinatario",
                                                            "destinataire",
                                                            "empfänger",
                                                            "was not delivered to"});
  while (!text.empty() && (text.back() == ':' || text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  auto lower = ascii::to_lower(ascii::trim(text));
  std::string_view words = lower;
  auto first = words.find_first_not_of("-*>+# ");
  words.remove_prefix(std::min(first, words.size()));
  return std::ranges::find(kLabels, words) != kLabels.end() || ends_with_label(words);
}

// "550 ", "550-", "550 5.1.1 "
bool begins_with_code(std::string_view text) {
  text = ascii::trim(text);
  return text.size() >= 3 && (text[0] == '4' || text[0] == '5') && ascii::is_digit(text[1]) &&
         ascii::is_digit(text[2]) && (text.size() == 3 || !ascii::is_alnum(text[3]));
}

bool is_bullet(std::string_view before) {
  return before.find_first_not_of(" \t-*>+#.<([") == std::string_view::npos;
}

bool names_who_failed(std::string_view before) {
  return is_bullet(before) || begins_with_code(before) || is_label(before);
}

bool is_saying(std::string_view line) {
  auto text = ascii::trim(line);
  if (text.starts_with("<<<") || text.starts_with("Remote host said")) return true;
  if (begins_with_code(text)) return true;
  return text.find(" 550 ") != std::string_view::npos ||
         text.find(" 554 ") != std::string_view::npos ||
         text.find("#5.") != std::string_view::npos || text.find("#4.") != std::string_view::npos;
}

class FreeText {
 public:
  FreeText(const Mail& mail, std::span<const std::string> recipients) : lines_(mail.lines) {
    for (const auto& one : recipients) known_.insert(ascii::to_lower(one));
    for (std::string_view name : {"To", "From", "Reply-To", "Sender", "Return-Path"})
      exclude(mail.header, name);
  }

  std::vector<Failure> run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) take_line(i);
    return std::move(failures_);
  }

 private:
  void exclude(const message::Header& header, std::string_view name) {
    const auto* field = header.find(name);
    if (field == nullptr) return;
    for (const auto& one : message::parse_addresses(field->value).addresses)
      excluded_.insert(ascii::to_lower(one.local + '@' + one.domain));
  }

  void take_line(std::size_t number) {
    auto line = lines_[number];
    auto mention = first_mention(line);
    if (!mention) return;
    auto key = ascii::to_lower(mention->mailbox);
    bool known = known_.contains(key);
    if (!known && (excluded_.contains(key) || is_helper(key))) return;
    bool names = names_who_failed(line.substr(0, mention->begin));
    if (!names && !known) return;
    if (failures_.size() >= kMostCollected) return;
    if (!seen_.insert(key).second) return take_more(key, number, *mention);
    auto& failure = failures_.emplace_back();
    failure.address = mention->mailbox;
    failure.diagnostic = about(number, *mention);
    layouts::fill_in(failure);
  }

  // Named again, now with a reply: "554 <a@b>... Remote protocol error".
  void take_more(const std::string& key, std::size_t number, const Mention& mention) {
    auto found = std::ranges::find_if(
        failures_, [&](const Failure& one) { return ascii::iequals(one.address, key); });
    if (found == failures_.end() || found->code != 0) return;
    if (failures_.size() > kMaxAgain || found->diagnostic.size() > kMaxSayings) return;
    auto more = about(number, mention);
    if (more.empty()) return;
    layouts::append_words(found->diagnostic, more);
    layouts::fill_in(*found);
  }

  static bool is_helper(std::string_view mailbox) {
    constexpr auto kHelpers = std::to_array<std::string_view>(
        {"postmaster@", "mailer-daemon@", "abuse@", "support@", "helpdesk@", "hostmaster@",
         "noreply@", "no-reply@", "admin@", "webmaster@"});
    return std::ranges::any_of(kHelpers, [&](auto one) { return mailbox.starts_with(one); });
  }

  // What is behind the address in its line, and the lines behind it up to an empty one or the next
  // address. Where nothing stands beside the address, the next paragraph.
  [[nodiscard]] std::string about(std::size_t number, const Mention& mention) const {
    auto line = lines_[number];
    std::string text;
    auto before = line.substr(0, mention.begin);
    if (begins_with_code(before)) {
      layouts::append_words(text, line);
    } else {
      auto rest = line.substr(mention.end);
      auto first = rest.find_first_not_of(" \t:.,;>-)");
      if (first != std::string_view::npos) layouts::append_words(text, rest.substr(first));
    }
    add_paragraph(text, number + 1);
    return text;
  }

  void add_paragraph(std::string& text, std::size_t number) const {
    std::size_t blanks = 0;
    std::size_t taken = 0;
    for (; number < lines_.size() && taken < kMaxParagraph; ++number) {
      auto line = lines_[number];
      if (line.empty() || layouts::is_rule(line)) {
        // "Technical details:" announces the words, it is none of them.
        bool goes_on = text.empty() || text.ends_with(':') || reply_follows(text, number);
        if (!goes_on || ++blanks > kMaxBlanks) return;
        continue;
      }
      if (begins_with_address(line)) return;
      layouts::append_words(text, line);
      ++taken;
    }
  }

  // "Your message to a@b could not be delivered.", and behind a blank line: "550 5.1.1 no".
  [[nodiscard]] bool reply_follows(std::string_view text, std::size_t blank) const {
    bool follows = blank + 1 < lines_.size() && begins_with_code(lines_[blank + 1]);
    return follows && read_reply(text).code == 0;
  }

  static bool begins_with_address(std::string_view line) {
    if (line.find('@') == std::string_view::npos) return false;
    auto mention = first_mention(line);
    return mention && is_bullet(line.substr(0, mention->begin));
  }

  static constexpr std::size_t kMaxBlanks = 4;   ///< between an address and what is said of it
  static constexpr std::size_t kMaxAgain = 100;  ///< failures among which a second word is sought

  std::span<const std::string_view> lines_;
  std::unordered_set<std::string> known_;
  std::unordered_set<std::string> excluded_;
  std::unordered_set<std::string> seen_;
  std::vector<Failure> failures_;
};

}  // namespace

std::vector<Failure> read_free_text(const Mail& mail, std::span<const std::string> recipients) {
  return FreeText(mail, recipients).run();
}

bool quotes_a_server(const Mail& mail) {
  return std::ranges::any_of(mail.lines, is_saying);
}

std::string introduction(const Mail& mail) {
  std::string text;
  bool ended = false;
  for (auto line : mail.lines) {
    if (line.find('@') != std::string_view::npos) {
      auto mention = first_mention(line);
      if (mention && is_bullet(line.substr(0, mention->begin))) return text;
    }
    if (line.empty()) {
      ended = true;
      continue;
    }
    if (ended) text.clear();
    ended = false;
    layouts::append_words(text, line.substr(0, kMaxSayings));
  }
  return {};
}

std::string sayings(const Mail& mail) {
  std::string text;
  for (auto line : mail.lines)
    if (text.size() < kMaxSayings && is_saying(line)) layouts::append_words(text, line);
  if (!text.empty()) return text;
  for (auto line : mail.lines)
    if (text.size() < kMaxSayings) layouts::append_words(text, line);
  return text;
}

}  // namespace mailtrust::bounce
