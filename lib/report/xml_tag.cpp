#include "report/xml_tag.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace mailtrust::report {
namespace {

constexpr bool begins_name(char c) {
  return ascii::is_alpha(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

// Octets that may stand in a name, by their value.
constexpr auto kNameOctets = [] {
  std::array<bool, 256> all{};
  for (unsigned i = 0; i < all.size(); ++i) {
    auto c = static_cast<char>(i);
    all[i] = begins_name(c) || ascii::is_digit(c) || c == '-' || c == '.';
  }
  return all;
}();

bool is_name(char c) {
  return kNameOctets[static_cast<unsigned char>(c)];
}

/// Reads what follows the name, up to the ">".
class AttributeReader {
 public:
  AttributeReader(std::string_view text, std::size_t at, Tag& tag)
      : text_(text), at_(at), tag_(tag) {}

  bool read() {
    auto begin = at_;
    while (true) {
      skip_blanks();
      if (at_ >= text_.size() || text_[at_] == '<') return false;
      if (text_[at_] == '>') break;
      if (text_[at_] == '/') {
        ++at_;
        continue;
      }
      if (!take_attribute()) return false;
    }
    tag_.is_empty = text_[at_ - 1] == '/';
    tag_.attributes = text_.substr(begin, at_ - begin);
    tag_.size = at_ + 1;
    return true;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && ascii::is_space(text_[at_])) ++at_;
  }

  bool take_attribute() {
    ++tag_.attribute_count;
    at_ = std::min(text_.find_first_of("=<> \t\r\n/", at_ + 1), text_.size());
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != '=') return true;
    ++at_;
    skip_blanks();
    if (at_ >= text_.size()) return false;
    return take_value(text_[at_]);
  }

  bool take_value(char quote) {
    bool quoted = quote == '"' || quote == '\'';
    const char stops[] = {'<', quoted ? quote : '>', quoted ? quote : ' '};
    auto begin = quoted ? at_ + 1 : at_;
    auto end = text_.find_first_of(std::string_view(stops, sizeof stops), begin);
    if (end == std::string_view::npos || text_[end] == '<') return false;
    tag_.longest_value = std::max(tag_.longest_value, end - begin);
    at_ = quoted ? end + 1 : end;
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  Tag& tag_;
};

}  // namespace

std::optional<Tag> read_tag(std::string_view text) {
  Tag tag;
  tag.is_end = text.size() > 1 && text[1] == '/';
  std::size_t begin = tag.is_end ? 2 : 1;
  if (begin >= text.size() || !begins_name(text[begin])) return std::nullopt;
  auto end = begin;
  while (end < text.size() && is_name(text[end])) ++end;
  if (end >= text.size()) return std::nullopt;
  tag.name = text.substr(begin, end - begin);
  if (text[end] == '>') {
    tag.size = end + 1;
    return tag;
  }
  if (!ascii::is_space(text[end]) && text[end] != '/') return std::nullopt;
  if (!AttributeReader(text, end, tag).read()) return std::nullopt;
  return tag;
}

}  // namespace mailtrust::report
