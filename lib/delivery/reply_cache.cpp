#include "delivery/reply_cache.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "bounce/reply.hpp"

namespace mailtrust::delivery {
namespace {

constexpr std::size_t kMostTexts = 16'384;
constexpr std::size_t kMostOctets = 8U << 20;

constexpr bool is_word(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.' || c == ':';
}

// 10 octets and more with letters and three digits among them: an id of a queue or session. What
// has fewer is left alone, as receivers number their replies ("AS780090", "S3150", "5.7.26").
bool is_id(std::string_view word) {
  constexpr std::size_t kLeast = 10;
  if (word.size() < kLeast) return false;
  auto digits = std::ranges::count_if(word, ascii::is_digit);
  return digits >= 3 && std::ranges::any_of(word, ascii::is_alpha);
}

bool is_ip(std::string_view word) {
  bool numbers = std::ranges::all_of(
      word, [](char c) { return c == '.' || c == ':' || ascii::hex_value(c) >= 0; });
  return numbers && (std::ranges::count(word, '.') == 3 || std::ranges::count(word, ':') >= 2);
}

// What Postfix puts behind a reply: which command it answered.
std::string_view command_in(std::string_view text) {
  constexpr auto kCommands = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"(in reply to RCPT TO command)", "RCPT"},
      {"(in reply to MAIL FROM command)", "MAIL"},
      {"(in reply to DATA command)", "DATA"},
      {"(in reply to end of DATA command)", "DATA"},
      {"(in reply to EHLO command)", "EHLO"},
      {"(in reply to HELO command)", "HELO"},
  });
  for (auto [words, command] : kCommands)
    if (text.find(words) != std::string_view::npos) return command;
  return {};
}

bounce::Verdict classify(const maillog::Event& event) {
  auto verdict = bounce::classify(failure_of(event));
  if (!event.expired) return verdict;
  auto family = bounce::family_of(verdict.reason);
  bool says_why = family != bounce::Family::unknown && family != bounce::Family::network &&
                  family != bounce::Family::notbounce && !event.text.empty();
  if (!says_why) verdict.reason = bounce::Reason::expired;
  if (verdict.type != bounce::Type::hard || !says_why) verdict.type = bounce::Type::soft;
  return verdict;
}

}  // namespace

bounce::Failure failure_of(const maillog::Event& event) {
  bounce::Failure failure;
  failure.address = event.recipient;
  failure.original = event.original;
  failure.action = event.kind == maillog::Event::Kind::deferred ? bounce::Action::delayed
                                                                : bounce::Action::failed;
  failure.status = bounce::parse_status(event.status);
  failure.diagnostic = event.text;
  failure.code = bounce::read_reply(event.text).code;
  failure.command = command_in(event.text);
  failure.remote = ascii::to_lower(event.remote);
  failure.system = to_string(event.mta);
  return failure;
}

void append_masked(std::string& out, std::string_view text, std::string_view recipient) {
  while (!text.empty()) {
    if (!recipient.empty() && text.starts_with(recipient)) {
      out += '@';
      text.remove_prefix(recipient.size());
      continue;
    }
    auto end = std::ranges::find_if_not(text, is_word);
    auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    if (word.empty()) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    is_id(word) || is_ip(word) ? out += '#' : out += word;
    text.remove_prefix(word.size());
  }
}

ReplyCache::ReplyCache() : verdicts_(kMostTexts, kMostOctets) {}

bounce::Verdict ReplyCache::verdict(const maillog::Event& event) {
  key_.clear();
  append_masked(key_, event.text, event.recipient);
  key_.append("\n").append(event.status).append("\n").append(event.remote);
  key_ += event.kind == maillog::Event::Kind::deferred ? 'd' : event.expired ? 'e' : 'f';
  return *verdicts_.get(key_, [&](std::string_view) { return classify(event); });
}

}  // namespace mailtrust::delivery
