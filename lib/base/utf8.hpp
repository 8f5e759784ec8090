#pragma once
// UTF-8 (RFC 3629) of one code point.

#include <cstdint>
#include <string>

namespace mailtrust {

/// Nothing for a code point over U+10FFFF, and for surrogates.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace mailtrust
