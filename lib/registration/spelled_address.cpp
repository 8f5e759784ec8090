#include "registration/spelled_address.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "registration/local_part.hpp"
#include "registration/spelled_domain.hpp"
#include "registration/spelled_sign.hpp"

namespace mailtrust::registration {
namespace {

constexpr std::size_t kMaxLocal = 64;  // RFC 5321 section 4.5.3.1.1
constexpr auto kNone = std::string_view::npos;

bool is_local(char c) {
  return ascii::is_alnum(c) || std::string_view("._+-~%!'").find(c) != kNone;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<SpelledAddress> scan() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (i >= url_end_) skip_url(i);
      if (i < url_end_) continue;
      auto at = spelled_at(text_, i);
      if (!at) continue;
      if (auto address = around(*at)) {
        i = address->end - 1;
        free_from_ = address->end;
        found_.push_back(std::move(*address));
      }
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  // "mailto://" is a slip that names a mailbox all the same.
  void skip_url(std::size_t i) {
    if (text_.compare(i, 3, "://") != 0 || ascii::iends_with(text_.substr(0, i), "mailto")) return;
    url_end_ = std::min(text_.find_first_of(" \t\r\n\"<>,", i), text_.size());
  }

  // Words of the local part in front of `end`, to the left, as far as nobody took them.
  [[nodiscard]] std::size_t local_begin(std::size_t end) const {
    auto begin = end;
    while (begin > free_from_ && end - begin <= kMaxLocal && is_local(text_[begin - 1])) --begin;
    auto dots = text_.substr(begin, end - begin).rfind("..");
    if (dots != kNone) begin += dots + 2;
    while (begin < end && !ascii::is_alnum(text_[begin])) ++begin;
    return begin;
  }

  // "at" in a sentence is a word: it counts between a desk's name and a domain, or where the dots
  // are spelled as well, or where it alone is shouted.
  [[nodiscard]] bool is_meant(const SpelledSign& at, std::string_view local, std::size_t from,
                              std::size_t to, std::string_view domain) const {
    if (!at.is_plain) return true;
    if (ascii::istarts_with(domain, "www.") || this->at(to) == '/') return false;
    bool dots_spelled = text_.substr(from, to - from) != domain;
    bool shouted = text_.substr(at.begin, at.end - at.begin).find('A') != kNone &&
                   std::ranges::any_of(local, [](char c) { return c >= 'a' && c <= 'z'; });
    return dots_spelled || shouted || desk_of(local) != Desk::unknown;
  }

  // "jane dot doe at ...": better none than half of one.
  [[nodiscard]] bool follows_spelled_dot(std::size_t begin) const {
    auto free = text_.substr(free_from_, begin - free_from_);
    auto before = free.substr(free.size() - std::min<std::size_t>(free.size(), 8));
    auto last = before.find_last_not_of(" ()[]_");
    if (last == kNone || last + 1 == before.size() || last < 3) return false;
    return ascii::iends_with(before.substr(0, last + 1), "dot") &&
           !ascii::is_alnum(before[last - 3]);
  }

  [[nodiscard]] std::optional<SpelledAddress> around(const SpelledSign& sign) const {
    auto begin = local_begin(sign.begin);
    auto local = text_.substr(begin, sign.begin - begin);
    while (local.ends_with('\'')) local.remove_suffix(1);
    if (local.empty() || local.size() > kMaxLocal || local.ends_with('.')) return std::nullopt;
    if (local.find_first_of("%!") != kNone) return std::nullopt;  // routes (RFC 5321 appendix C)
    if (begin > 0 && text_[begin - 1] == '@') return std::nullopt;
    if (follows_spelled_dot(begin)) return std::nullopt;
    auto read = spelled_domain(text_, sign.end);
    if (!read || at(read->end) == '@') return std::nullopt;
    const auto& [name, end] = *read;
    if (!is_meant(sign, local, sign.end, end, name)) return std::nullopt;
    return SpelledAddress{begin, end, std::string(local) + '@' + name};
  }

  std::string_view text_;
  std::size_t url_end_ = 0;    // no address before it
  std::size_t free_from_ = 0;  // what is before it belongs to an address already
  std::vector<SpelledAddress> found_;
};

}  // namespace

std::vector<SpelledAddress> spelled_addresses(std::string_view text) {
  return Scanner(text).scan();
}

}  // namespace mailtrust::registration
