#include "registration/spelled_domain.hpp"

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "registration/spelled_sign.hpp"

namespace mailtrust::registration {
namespace {

// RFC 1035 section 2.3.4; U-labels take up to four times as many octets.
constexpr std::size_t kMaxDomain = 253;
constexpr std::size_t kMaxLabel = 63;

// What writers put next to an address; general punctuation, CJK and full-width signs.
bool is_punctuation(char32_t c) {
  return is_unsafe(c) || c < 0xc0 || (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3005) ||
         (c >= 0x3008 && c < 0x3020) || (c >= 0xff00 && c < 0xff10) || (c >= 0xff1a && c < 0xff21);
}

std::size_t label_end(std::string_view text, std::size_t begin) {
  auto end = begin;
  while (end < text.size() && end - begin <= 4 * kMaxLabel) {
    if (ascii::is_alnum(text[end]) || text[end] == '-') {
      ++end;
      continue;
    }
    auto letter = decode_utf8(text.substr(end, 4));
    if (letter.code_point < 0xa0 || letter.length == 0 || is_punctuation(letter.code_point)) break;
    end += letter.length;
  }
  return end;
}

// "write to abuse@isp.example.Thanks": a capital after small letters only.
bool is_next_sentence(const std::vector<std::string_view>& labels) {
  auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  auto last = labels.back();
  return is_upper(last.front()) && std::ranges::count_if(last, is_upper) == 1 && last.size() > 1 &&
         std::all_of(labels.begin(), labels.end() - 1,
                     [&](auto label) { return std::ranges::none_of(label, is_upper); });
}

// Text in scripts without blanks follows a domain at once, and no top-level domain mixes
// scripts: how many octets do not belong to `label`, which loses them.
std::size_t cut_after_ascii(std::string_view& label) {
  auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!is_ascii(label.front())) return 0;
  auto stop = std::ranges::find_if_not(label, is_ascii);
  auto rest = static_cast<std::size_t>(label.end() - stop);
  label.remove_suffix(rest);
  return rest;
}

bool is_top_level(std::string_view label) {
  if (label.size() < 2) return false;
  return ascii::istarts_with(label, "xn--") || std::ranges::all_of(label, [](char c) {
           return ascii::is_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
         });
}

std::optional<SpelledDomain> judged(std::vector<std::string_view>& labels, std::size_t end) {
  if (labels.size() > 2 && is_next_sentence(labels)) {
    end -= labels.back().size() + 1;
    labels.pop_back();
  }
  if (labels.size() < 2) return std::nullopt;
  end -= cut_after_ascii(labels.back());
  while (labels.back().ends_with('-')) labels.back().remove_suffix(1), --end;
  std::string name;
  for (auto label : labels) {
    if (label.empty() || label.size() > 4 * kMaxLabel || label.front() == '-') return std::nullopt;
    name += name.empty() ? "" : ".";
    name += label;
  }
  if (name.size() > 4 * kMaxDomain || !is_top_level(labels.back())) return std::nullopt;
  return SpelledDomain{std::move(name), end};
}

}  // namespace

std::optional<SpelledDomain> spelled_domain(std::string_view text, std::size_t begin) {
  std::vector<std::string_view> labels;
  auto end = begin;
  for (auto next = begin; end - begin <= 4 * kMaxDomain;) {
    auto stop = label_end(text, next);
    if (stop == next) break;
    labels.push_back(text.substr(next, stop - next));
    end = stop;
    auto dot = spelled_dot(text, stop);
    if (!dot) break;
    next = dot->end;
  }
  return judged(labels, end);
}

}  // namespace mailtrust::registration
