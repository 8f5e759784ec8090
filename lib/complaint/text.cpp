#include "complaint/text.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/escape.hpp"

namespace mailtrust::complaint {
namespace {

constexpr std::size_t kColumns = 76;
constexpr std::size_t kEncodedWord = 75;  // RFC 2047 section 2
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The octets of the character at the start, as they may be shown; a blank for what may not.
std::string_view shown(std::string_view rest, std::size_t& length) {
  auto decoded = decode_utf8(rest);
  length = std::max<std::size_t>(decoded.length, 1);
  if (decoded.length == 0) return kReplacement;
  return is_unsafe(decoded.code_point) ? " " : rest.substr(0, decoded.length);
}

// RFC 2047 section 5: no character is divided between words.
std::string encoded_words(std::string_view text, std::string_view line_end) {
  constexpr std::string_view kBegin = "=?utf-8?B?";
  constexpr std::size_t kRoom = (kEncodedWord - kBegin.size() - 2) / 4 * 3;
  std::string out;
  while (!text.empty()) {
    std::size_t size = 0;
    while (size < text.size()) {
      auto length = std::max<std::size_t>(decode_utf8(text.substr(size)).length, 1);
      if (size + length > kRoom) break;
      size += length;
    }
    if (!out.empty()) out.append(line_end).append(1, ' ');
    out.append(kBegin).append(encode_base64(text.substr(0, size))).append("?=");
    text.remove_prefix(size);
  }
  return out;
}

bool is_atom_text(char c) {
  return ascii::is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string::npos;
}

bool is_dot_atom(std::string_view text) {
  if (text.empty()) return false;
  return std::ranges::all_of(ascii::split(text, '.'), [](std::string_view atom) {
    return !atom.empty() && std::ranges::all_of(atom, is_atom_text);
  });
}

bool is_host_name(std::string_view text) {
  if (text.empty()) return false;
  return std::ranges::all_of(ascii::split(text, '.'), [](std::string_view label) {
    auto fits = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; };
    return !label.empty() && label.size() <= 63 && std::ranges::all_of(label, fits);
  });
}

}  // namespace

std::string clean(std::string_view text, std::size_t most) {
  constexpr std::string_view kCut = "...";
  std::string out;
  for (std::size_t length = 0; !text.empty(); text.remove_prefix(length)) {
    auto next = shown(text, length);
    if (next == " " && (out.empty() || out.back() == ' ')) continue;
    if (out.size() + next.size() + kCut.size() > most) return out.append(kCut);
    out.append(next);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    auto end = std::min(text.find(' '), text.size());
    // A word longer than a line is divided between octets that begin characters.
    auto room = std::max<std::size_t>(width - std::min(indent, width / 2), 8);
    if (end > room * 4) {
      end = room * 4;
      while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) --end;
    }
    if (column > 0 && column + 1 + end > width) {
      out.append("\n").append(indent, ' ');
      column = indent;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out.append(text.substr(0, end));
    column += end;
    text.remove_prefix(end);
    if (text.starts_with(' ')) text.remove_prefix(1);
  }
  return out;
}

std::string unstructured_field(std::string_view name, std::string_view text,
                               std::string_view line_end) {
  auto value = clean(text);
  auto out = std::string(name) + ':';
  if (value.empty()) return out;
  if (!is_ascii(value)) return out + ' ' + encoded_words(value, line_end);
  auto lines = wrapped(out + ' ' + value, kColumns, 1);
  std::string folded;
  for (char c : lines) {
    if (c == '\n')
      folded.append(line_end);
    else
      folded += c;
  }
  return folded;
}

std::string list_field(std::string_view name, const std::vector<std::string>& items,
                       std::string_view line_end) {
  auto out = std::string(name) + ':';
  auto column = out.size();
  for (const auto& item : items) {
    bool first = &item == &items.front();
    if (!first) out += ',';
    bool fits = column + item.size() + 2 <= kColumns || first;
    if (!fits) column = 0;
    out.append(fits ? "" : line_end).append(1, ' ').append(item);
    column += item.size() + 2;
  }
  return out;
}

bool is_plain_mailbox(std::string_view text) {
  constexpr std::size_t kMost = 254;  // RFC 5321 erratum 1690
  auto at = text.rfind('@');
  return at != std::string_view::npos && text.size() <= kMost && is_dot_atom(text.substr(0, at)) &&
         is_host_name(text.substr(at + 1));
}

std::string_view domain_of(std::string_view mailbox) {
  return mailbox.substr(mailbox.rfind('@') + 1);
}

}  // namespace mailtrust::complaint
