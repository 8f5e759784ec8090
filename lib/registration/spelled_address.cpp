#include "registration/spelled_address.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "registration/local_part.hpp"

namespace mailtrust::registration {
namespace {

constexpr std::size_t kMaxLocal = 64;    // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kMaxDomain = 253;  // RFC 1035 section 2.3.4
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxBlanks = 3;  // around an "at" or "dot"
constexpr auto kNone = std::string_view::npos;

// What stands for "@" or ".": from `begin` to before `end`.
struct Separator {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool plain = false;  // the word alone between blanks, as in any sentence
};

bool is_local(char c) {
  return ascii::is_alnum(c) || std::string_view("._+-~%!'").find(c) != kNone;
}

char closing(char opening) {
  switch (opening) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    case '<': return '>';
    case '_': return '_';
    default: return '\0';
  }
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<SpelledAddress> scan() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (i >= url_end_) skip_url(i);
      if (i < url_end_) continue;
      auto at = at_sign(i);
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

  [[nodiscard]] std::size_t blanks_before(std::size_t i) const {
    std::size_t count = 0;
    while (count < kMaxBlanks && count < i && text_[i - count - 1] == ' ') ++count;
    return count;
  }

  [[nodiscard]] std::size_t blanks_after(std::size_t i) const {
    std::size_t count = 0;
    while (count < kMaxBlanks && at(i + count) == ' ') ++count;
    return count;
  }

  // The word from `begin` to before `end` with its brackets and blanks: "(at)", " [ at ] ", " at ".
  [[nodiscard]] std::optional<Separator> framed(std::size_t begin, std::size_t end) const {
    auto inner = begin - blanks_before(begin);
    auto after = end + blanks_after(end);
    char close = inner > 0 ? closing(text_[inner - 1]) : '\0';
    if (close != '\0' && at(after) == close) {
      auto outer = inner - 1;
      return Separator{outer - blanks_before(outer), after + 1 + blanks_after(after + 1)};
    }
    if (inner == begin || after == end) return std::nullopt;
    return Separator{inner, after, true};
  }

  [[nodiscard]] std::optional<Separator> at_sign(std::size_t i) const {
    if (text_[i] == '@') {
      auto spelled = framed(i, i + 1);
      return spelled ? Separator{spelled->begin, spelled->end} : Separator{i, i + 1};
    }
    if (ascii::lower(text_[i]) != 'a') return std::nullopt;
    bool word = ascii::lower(at(i + 1)) == 't';
    auto spelled = framed(i, i + (word ? 2 : 1));
    if (!spelled || (!word && spelled->plain)) return std::nullopt;
    return spelled;
  }

  // A full stop, or a spelling of one, in front of a label.
  [[nodiscard]] std::optional<Separator> dot(std::size_t i) const {
    if (at(i) == '.') return Separator{i, i + 1};
    auto begin = i + blanks_after(i);
    if (closing(at(begin)) != '\0') ++begin;
    begin += blanks_after(begin);
    bool word = ascii::istarts_with(text_.substr(std::min(begin, text_.size())), "dot");
    if (begin == i || (!word && at(begin) != '.')) return std::nullopt;
    auto spelled = framed(begin, begin + (word ? 3 : 1));
    if (!spelled || spelled->begin != i || (!word && spelled->plain)) return std::nullopt;
    return spelled;
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

  [[nodiscard]] std::size_t label_end(std::size_t begin) const {
    auto end = begin;
    while (end < text_.size() && end - begin <= 4 * kMaxLabel) {
      if (ascii::is_alnum(text_[end]) || text_[end] == '-') {
        ++end;
        continue;
      }
      auto letter = decode_utf8(text_.substr(end, 4));
      if (letter.code_point < 0xa0 || letter.length == 0 || is_punctuation(letter.code_point))
        break;
      end += letter.length;
    }
    return end;
  }

  // What writers put next to an address; general punctuation, CJK and full-width signs.
  static bool is_punctuation(char32_t c) {
    return is_unsafe(c) || c < 0xc0 || (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3005) ||
           (c >= 0x3008 && c < 0x3020) || (c >= 0xff00 && c < 0xff10) ||
           (c >= 0xff1a && c < 0xff21);
  }

  // The domain that begins at `begin`: its text with plain dots, and where it ends.
  [[nodiscard]] std::optional<std::pair<std::string, std::size_t>> domain(std::size_t begin) const {
    std::vector<std::string_view> labels;
    auto end = begin;
    for (auto next = begin; end - begin <= 4 * kMaxDomain;) {
      auto stop = label_end(next);
      if (stop == next) break;
      labels.push_back(text_.substr(next, stop - next));
      end = stop;
      auto separator = dot(stop);
      if (!separator) break;
      next = separator->end;
    }
    return judged(labels, end);
  }

  static std::optional<std::pair<std::string, std::size_t>> judged(
      std::vector<std::string_view>& labels, std::size_t end) {
    if (labels.size() > 2 && is_next_sentence(labels)) {
      end -= labels.back().size() + 1;
      labels.pop_back();
    }
    if (labels.size() < 2) return std::nullopt;
    end -= cut_after_ascii(labels.back());
    while (labels.back().ends_with('-')) labels.back().remove_suffix(1), --end;
    std::string text;
    for (auto label : labels) {
      if (label.empty() || label.size() > 4 * kMaxLabel || label.front() == '-')
        return std::nullopt;
      text += text.empty() ? "" : ".";
      text += label;
    }
    if (text.size() > 4 * kMaxDomain || !is_top_level(labels.back())) return std::nullopt;
    return std::pair{std::move(text), end};
  }

  // "write to abuse@isp.example.Thanks": a capital after small letters only.
  static bool is_next_sentence(const std::vector<std::string_view>& labels) {
    auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    auto last = labels.back();
    return is_upper(last.front()) && std::ranges::count_if(last, is_upper) == 1 &&
           last.size() > 1 && std::all_of(labels.begin(), labels.end() - 1, [&](auto label) {
             return std::ranges::none_of(label, is_upper);
           });
  }

  // Text in scripts without blanks follows a domain at once, and no top-level domain mixes
  // scripts: how many octets do not belong to `label`, which loses them.
  static std::size_t cut_after_ascii(std::string_view& label) {
    auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!is_ascii(label.front())) return 0;
    auto stop = std::ranges::find_if_not(label, is_ascii);
    auto rest = static_cast<std::size_t>(label.end() - stop);
    label.remove_suffix(rest);
    return rest;
  }

  static bool is_top_level(std::string_view label) {
    if (label.size() < 2) return false;
    return ascii::istarts_with(label, "xn--") ||
           std::ranges::all_of(label, [](char c) { return ascii::is_alpha(c) || c < 0; });
  }

  // "at" in a sentence is a word: it counts between a desk's name and a domain, or where the dots
  // are spelled as well, or where it alone is shouted.
  [[nodiscard]] bool is_meant(const Separator& at, std::string_view local, std::size_t from,
                              std::size_t to, std::string_view domain) const {
    if (!at.plain) return true;
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

  [[nodiscard]] std::optional<SpelledAddress> around(const Separator& separator) const {
    auto begin = local_begin(separator.begin);
    auto local = text_.substr(begin, separator.begin - begin);
    while (local.ends_with('\'')) local.remove_suffix(1);
    if (local.empty() || local.size() > kMaxLocal || local.ends_with('.')) return std::nullopt;
    if (local.find_first_of("%!") != kNone) return std::nullopt;  // routes (RFC 5321 appendix C)
    if (begin > 0 && text_[begin - 1] == '@') return std::nullopt;
    if (follows_spelled_dot(begin)) return std::nullopt;
    auto read = domain(separator.end);
    if (!read || at(read->second) == '@') return std::nullopt;
    const auto& [name, end] = *read;
    if (!is_meant(separator, local, separator.end, end, name)) return std::nullopt;
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
