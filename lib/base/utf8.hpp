#pragma once
// UTF-8 (RFC 3629).

#include <cstdint>
#include <string>
#include <string_view>

namespace mailtrust {

/// Nothing for a code point over U+10FFFF, and for surrogates.
void append_utf8(std::string& out, std::uint32_t code_point);

/// Is it UTF-8 from end to end? Nothing at all is.
bool is_utf8(std::string_view text);

}  // namespace mailtrust
