#pragma once
// A text of a message written in another way: another transfer encoding or character set, with the
// header of its part to match. RFC 2045 section 6.

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dkim/damage/mime_parts.hpp"
#include "dkim/damage/recode.hpp"

namespace mailtrust::dkim::damage {

enum class Encoding { plain, quoted_printable, base64 };

/// One way that a text may have been written when it was signed.
struct Writing {
  Encoding encoding = Encoding::plain;
  QuotedStyle style;
  std::size_t width = 76;   ///< of a base64 line
  bool blank_line = false;  ///< after the base64 of a part
};

struct Conversion {
  Charset now = Charset::utf8;
  Charset signed_in = Charset::utf8;
};

/// How texts are to be written.
struct Plan {
  Writing writing;
  std::optional<Conversion> conversion;
  std::string_view plain_word = "8bit";  ///< in the header of a part that is not encoded
  bool upper_case_charset = false;
};

/// A text of the message: all of its body, or a part. Places are offsets into the body.
struct Piece {
  ContentFields fields;
  std::size_t header = 0;  ///< as `content`: it is that of the message
  std::size_t content = 0;
  std::size_t end = 0;
  std::string octets;  ///< decoded
  Encoding encoding = Encoding::plain;
};

/// The texts that can be decoded and have something in them.
std::vector<Piece> pieces_of(const ContentFields& fields, std::string_view body);

std::string written(std::string_view octets, const Writing& writing);

/// The body with these pieces of it written so. Nothing when a character set lacks a character.
std::optional<std::string> carried_out(std::string_view body, std::span<const Piece> pieces,
                                       const Plan& plan);

}  // namespace mailtrust::dkim::damage
