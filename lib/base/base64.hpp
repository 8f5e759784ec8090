#pragma once
// Base64 as mail protocols write it. RFC 4648 section 4, read strictly.

#include <cstddef>
#include <string>
#include <string_view>

namespace mailtrust {

/// May white space stand between the characters (RFC 6376 section 2.10, RFC 2045 section 6.8)?
enum class Base64Space { refused, allowed };

/// `octets` holds what could be decoded in front of the fault, so that a diagnosis can go on.
struct Base64 {
  std::string octets;
  std::string_view fault;  ///< empty: none; else one line, "is not a base64 character"
  std::size_t offset = 0;  ///< of the fault in the text, from 0

  explicit operator bool() const { return fault.empty(); }
};

/// Padding must be complete and the bits it leaves over zero. The empty text is no octets.
Base64 decode_base64(std::string_view text, Base64Space space = Base64Space::refused);

/// With padding, in one line.
std::string encode_base64(std::string_view octets);

}  // namespace mailtrust
