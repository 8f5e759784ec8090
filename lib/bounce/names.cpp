#include "bounce/names.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/ascii.hpp"
#include "net/address.hpp"

namespace mailtrust::bounce {
namespace {

constexpr std::size_t kMaxLooked = 8192;  // replies that say more say it before

constexpr std::string_view kSenderCues[] = {
    "from",     "sender",      "domain", "spf",   "mailfrom",    "smtp.mailfrom", "helo", "ehlo",
    "envelope", "return-path", "dkim",   "from:", "header.from", "sender-domain", "of"};
constexpr std::string_view kRecipientCues[] = {"to", "rcpt", "recipient", "user", "mailbox", "for"};
constexpr std::string_view kContactNames[] = {"abuse",   "postmaster", "delist", "unblock",
                                              "tosa",    "tobr",       "fpr",    "mail-support",
                                              "removal", "blacklist",  "rbl",    "whitelist"};
// What a domain's owner said, after the domain's name: "example.com's DMARC policy".
constexpr std::string_view kPolicyWords[] = {"dmarc", "spf", "dkim", "policy"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::any_of(words,
                             [word](std::string_view each) { return ascii::iequals(word, each); });
}

bool parts_words(char c) {
  return ascii::is_space(c) ||
         std::string_view("<>()[]{}\"'`,;|").find(c) != std::string_view::npos;
}

std::string_view without_punctuation(std::string_view word) {
  while (!word.empty() && std::string_view(".:!?*").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  return word;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && !parts_words(text[at])) continue;
    if (auto word = without_punctuation(text.substr(begin, at - begin)); !word.empty())
      words.push_back(word);
    begin = at + 1;
  }
  return words;
}

bool is_page(std::string_view word) {
  return ascii::istarts_with(word, "http://") || ascii::istarts_with(word, "https://");
}

// The value of `name=value`, else the word: "IP=192.0.2.1", "domain=example.com".
std::string_view value_of(std::string_view word) {
  auto equals = word.rfind('=');
  return equals == std::string_view::npos ? word : word.substr(equals + 1);
}

std::string_view name_of(std::string_view word) {
  auto equals = word.find('=');
  return equals == std::string_view::npos ? std::string_view() : word.substr(0, equals);
}

std::string address_in(std::string_view word) {
  if (ascii::istarts_with(word, "ipv6:")) word.remove_prefix(5);
  auto address = net::Address::read(word);
  // 127.0.0.x is what a list answers, not who sent.
  if (!address || (address->is_v4() && address->octets()[0] == 127)) return {};
  return to_string(*address);
}

class Finder {
 public:
  explicit Finder(std::string_view reply) : words_(words_of(reply.substr(0, kMaxLooked))) {}

  Names find() {
    for (at_ = 0; at_ < words_.size(); ++at_) look_at(words_[at_]);
    if (names_.ip.empty()) names_.ip = address_of_pages();
    if (names_.domain.empty() && !names_.sender.empty())
      names_.domain = names_.sender.substr(names_.sender.find('@') + 1);
    return std::move(names_);
  }

 private:
  void look_at(std::string_view word) {
    if (is_page(word)) return take_page(word);
    auto value = value_of(word);
    if (auto address = address_in(value); !address.empty()) {
      if (names_.ip.empty()) names_.ip = std::move(address);
    } else if (value.find('@') != std::string_view::npos) {
      take_mailbox(value);
    } else if (names_.domain.empty() && is_plain_domain(value) && is_senders(word)) {
      names_.domain = ascii::to_lower(value);
    }
  }

  void take_page(std::string_view page) {
    if (names_.pages.size() < kMaxPages &&
        std::ranges::find(names_.pages, page) == names_.pages.end())
      names_.pages.emplace_back(page);
  }

  void take_mailbox(std::string_view word) {
    auto colon = word.rfind(':');  // "mailto:", "rfc822:"
    if (colon != std::string_view::npos) word.remove_prefix(colon + 1);
    if (!is_plain_mailbox(word)) return;
    if (is_contact(word)) {
      names_.contacts.emplace_back(word);
    } else if (is_sender()) {
      if (names_.sender.empty()) names_.sender = std::string(word);
    } else if (names_.recipient.empty()) {
      names_.recipient = std::string(word);
    }
  }

  static bool is_contact(std::string_view mailbox) {
    return std::ranges::any_of(kContactNames, [mailbox](std::string_view name) {
      return ascii::istarts_with(mailbox, name);
    });
  }

  // "from <a@b>", "sender a@b", "<a@b>: Sender address rejected", but "sender to <a@b>".
  [[nodiscard]] bool is_sender() const {
    if (is_one_of(before(1), kRecipientCues)) return false;
    return is_one_of(before(1), kSenderCues) || ascii::iequals(after(1), "sender") ||
           ascii::iequals(before(2), "sender");
  }

  [[nodiscard]] bool is_senders(std::string_view word) const {
    if (auto name = name_of(word); !name.empty())
      return is_one_of(name, kSenderCues) || ascii::iequals(name, "d");
    if (is_one_of(before(1), kSenderCues)) return true;
    return is_one_of(after(1), kPolicyWords) || is_one_of(after(2), kPolicyWords);
  }

  [[nodiscard]] std::string_view before(std::size_t steps) const {
    return at_ >= steps ? words_[at_ - steps] : std::string_view();
  }

  [[nodiscard]] std::string_view after(std::size_t steps) const {
    return at_ + steps < words_.size() ? words_[at_ + steps] : std::string_view();
  }

  // Pages of block lists have the address in them: "https://list.example/?ip=192.0.2.1".
  [[nodiscard]] std::string address_of_pages() const {
    for (const auto& page : names_.pages) {
      auto part = page.find_last_of("=/?");
      if (part == std::string::npos) continue;
      if (auto address = address_in(std::string_view(page).substr(part + 1)); !address.empty())
        return address;
    }
    return {};
  }

  std::vector<std::string_view> words_;
  std::size_t at_ = 0;
  Names names_;
};

}  // namespace

bool is_plain_domain(std::string_view text) {
  if (text.size() > 253 || text.find('.') == std::string_view::npos) return false;
  auto labels = ascii::split(text, '.');
  auto is_label = [](std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label,
                               [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; });
  };
  return std::ranges::all_of(labels, is_label) && labels.back().size() >= 2 &&
         !std::ranges::all_of(labels.back(), ascii::is_digit);
}

bool is_plain_mailbox(std::string_view text) {
  auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.front() == '-') return false;
  auto is_safe = [](char c) {
    return ascii::is_alnum(c) || std::string_view("._+=-").find(c) != std::string_view::npos;
  };
  return std::ranges::all_of(text.substr(0, at), is_safe) && is_plain_domain(text.substr(at + 1));
}

Names find_names(std::string_view reply) {
  return Finder(reply).find();
}

}  // namespace mailtrust::bounce
