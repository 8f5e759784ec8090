#include "tag_list/tag_list.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"

namespace mailtrust::tag_list {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// RFC 6376 section 2.8: FWS. How many octets of it `text` starts with; a line end belongs to it
// only when a space or tab follows.
std::size_t leading_space(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    auto rest = text.substr(length);
    std::size_t line_end = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
    if (rest.size() <= line_end || !is_blank(rest[line_end])) break;
    length += line_end + 1;
  }
  return length;
}

std::string_view without_trailing_space(std::string_view text) {
  while (!text.empty() && ascii::is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_tag_name(std::string_view name) {
  auto alnumpunc = [](char c) { return ascii::is_alnum(c) || c == '_'; };
  return !name.empty() && ascii::is_alpha(name[0]) && std::ranges::all_of(name, alnumpunc);
}

// The offset of the first octet that no value may hold, or npos.
std::size_t find_bad_octet(std::string_view value, Charset charset) {
  for (std::size_t i = 0; i < value.size();) {
    auto octet = static_cast<unsigned char>(value[i]);
    if (octet > 0x20 && octet < 0x7f) {
      ++i;
    } else if (auto space = leading_space(value.substr(i))) {
      i += space;
    } else if (octet >= 0x80 && charset == Charset::utf8) {
      auto length = decode_utf8(value.substr(i)).length;
      if (length == 0) return i;
      i += length;
    } else {
      return i;
    }
  }
  return std::string_view::npos;
}

class Parser {
 public:
  Parser(std::string_view text, Charset charset) : text_(text), charset_(charset) {}

  Parsed parse() {
    for (std::size_t start = 0; start <= text_.size();) {
      auto end = std::min(text_.find(';', start), text_.size());
      bool last = end == text_.size();
      if (!spec(start, end, last)) break;
      start = end + 1;
    }
    if (parsed_.tags.empty() && parsed_.faults.empty())
      fault(Fault::Kind::empty_list, 0, "no tag; expected a list such as \"v=...; p=...\"");
    return std::move(parsed_);
  }

 private:
  // One tag-spec in [start, end). False: read no further.
  bool spec(std::size_t start, std::size_t end, bool last) {
    start += leading_space(text_.substr(start, end - start));
    auto text = without_trailing_space(text_.substr(start, end - start));
    if (text.empty()) {
      if (!last) fault(Fault::Kind::empty_tag, start, "nothing in front of the semicolon");
      return true;
    }
    if (parsed_.tags.size() == limits::kTags) {
      fault(Fault::Kind::too_many, start,
            "more than " + std::to_string(limits::kTags) + " tags; the rest is not read");
      return false;
    }
    tag(text, start);
    return true;
  }

  void tag(std::string_view text, std::size_t start) {
    auto equals = text.find('=');
    auto name = without_trailing_space(text.substr(0, equals));
    if (equals == std::string_view::npos)
      return fault(Fault::Kind::no_equals, start, quote(text, 40) + " has no \"=\"");
    if (!is_tag_name(name))
      return fault(Fault::Kind::bad_name, start, quote(name, 40) + " is no name of a tag");

    auto value = text.substr(equals + 1);
    auto space = leading_space(value);
    value.remove_prefix(space);
    auto value_start = start + equals + 1 + space;
    if (parsed_.find(name) != nullptr)
      fault(Fault::Kind::repeated, start, "the tag " + std::string(name) + "= is there twice");
    auto bad = find_bad_octet(value, charset_);
    if (bad != std::string_view::npos)
      fault(Fault::Kind::bad_octet, value_start + bad,
            "the value of " + std::string(name) + "= holds " + quote(value.substr(bad, 1)) +
                ", which must not be there");
    parsed_.tags.push_back({std::string(name), std::string(value), start + 1, value_start + 1});
  }

  void fault(Fault::Kind kind, std::size_t offset, std::string message) {
    parsed_.faults.push_back({kind, offset + 1, std::move(message)});
  }

  std::string_view text_;
  Charset charset_;
  Parsed parsed_;
};

}  // namespace

const Tag* Parsed::find(std::string_view name) const {
  auto tag = std::ranges::find(tags, name, &Tag::name);
  return tag == tags.end() ? nullptr : &*tag;
}

Parsed parse(std::string_view text, Charset charset) {
  return Parser(text, charset).parse();
}

std::string without_space(std::string_view value) {
  std::string out;
  std::ranges::remove_copy_if(value, std::back_inserter(out), ascii::is_space);
  return out;
}

}  // namespace mailtrust::tag_list
