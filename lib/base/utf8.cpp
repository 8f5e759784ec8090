#include "base/utf8.hpp"

#include <array>

#include "base/escape.hpp"

namespace mailtrust {

void append_utf8(std::string& out, std::uint32_t code_point) {
  bool surrogate = code_point >= 0xd800 && code_point < 0xe000;
  if (code_point > 0x10ffff || surrogate) return;
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
    return;
  }
  unsigned more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  constexpr std::array kLeads = {0U, 0xc0U, 0xe0U, 0xf0U};
  out += static_cast<char>(kLeads.at(more) | code_point >> 6U * more);
  while (more-- > 0) out += static_cast<char>(0x80U | (code_point >> 6U * more & 0x3fU));
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    std::size_t length = (text.front() & '\x80') == 0 ? 1 : decode_utf8(text).length;
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace mailtrust
