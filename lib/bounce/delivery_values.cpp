#include "bounce/delivery_values.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "base/utf8.hpp"
#include "bounce/mailbox_text.hpp"
#include "message/charset.hpp"

namespace mailtrust::bounce {
namespace {

struct Typed {
  std::string_view type;   ///< "rfc822", "dns", "smtp"; empty when none is told
  std::string_view value;  ///< trimmed
};

// RFC 3464 section 2.1.2: type ";" value. A type is one word.
Typed split_type(std::string_view text) {
  text = ascii::trim(text);
  auto end = text.find(';');
  if (end == std::string_view::npos) return {{}, text};
  auto type = ascii::trim(text.substr(0, end));
  bool word = !type.empty() && std::ranges::all_of(type, [](char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
  if (!word) return {{}, text};
  return {type, ascii::trim(text.substr(end + 1))};
}

// RFC 6533 section 3: "\x{00E9}".
std::string decode_embedded(std::string_view text) {
  constexpr std::string_view kBegin = "\\x{";
  constexpr std::size_t kMaxDigits = 6;
  std::string out;
  while (!text.empty()) {
    auto at = std::min(text.find(kBegin), text.size());
    out.append(text.substr(0, at));
    text.remove_prefix(at);
    auto end = text.substr(0, kBegin.size() + kMaxDigits + 1).find('}');
    auto digits = end == std::string_view::npos ? std::string_view{}
                                                : text.substr(kBegin.size(), end - kBegin.size());
    auto code = parse_number<std::uint32_t>(digits, 16);
    if (code && *code > 0x20 && *code <= 0x10ffff) {
      append_utf8(out, *code);
      text.remove_prefix(end + 1);
    } else if (!text.empty()) {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace

// RFC 3461 section 4: "+" and "=" always stand as hexadecimal in xtext. Systems that do not encode
// write addresses with tags ("a+2b@"), so that only what must have been encoded is decoded.
std::string decode_xtext(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto three = text.substr(i, 3);
    if (three == "+2B" || three == "+3D") {
      out += three == "+2B" ? '+' : '=';
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// "rfc822; <a@b>", "rfc822;a@b (Anna)", "<a@b>". What is no mailbox stays as it stands: local
// names, X.400.
std::string read_recipient(std::string_view value) {
  auto [type, text] = split_type(value);
  if (ascii::iequals(type, "utf-8")) return mailbox_of(decode_embedded(text));
  return mailbox_of(text);
}

// "dns; mx.example.net. (192.0.2.1, the server for ...)"
std::string read_host(std::string_view value) {
  return host_of(split_type(value).value);
}

std::string read_diagnostic(std::string_view value) {
  auto [type, text] = split_type(value);
  // What a program ended with is a number that says nothing without its type.
  bool exit_code = ascii::istarts_with(type, "x-unix");
  std::string diagnostic = exit_code ? "x-unix; " + std::string(text) : std::string(text);
  if (message::has_iso_2022_jp(diagnostic))
    return message::to_utf8("iso-2022-jp", diagnostic).value_or(std::move(diagnostic));
  return diagnostic;
}

}  // namespace mailtrust::bounce
