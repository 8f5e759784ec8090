#pragma once
// Where the parts of a multipart body are: as much of MIME as undoing damage needs. RFC 2046
// section 5.1, RFC 2045 sections 5 and 6.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "message/header.hpp"

namespace mailtrust::dkim::damage {

/// What a header says of the octets below it. Views point into the header's octets.
struct ContentFields {
  std::string_view type;      ///< value of Content-Type, folds kept; empty: there is none
  std::string_view encoding;  ///< value of Content-Transfer-Encoding, trimmed

  [[nodiscard]] bool is_text() const;  ///< also when there is no Content-Type
  [[nodiscard]] bool is_multipart() const;
};

/// All places are offsets into the body.
struct Part {
  ContentFields fields;
  std::size_t begin = 0;    ///< of the boundary line that opens it
  std::size_t header = 0;   ///< of its header
  std::size_t content = 0;  ///< first octet after the empty line that ends its header
  std::size_t end = 0;      ///< of its content: the CRLF before the next boundary is not in it
  std::size_t next = 0;     ///< the boundary line that closes it
  std::size_t depth = 1;    ///< 1: of the message's own multipart
  bool last = false;        ///< the closing boundary comes next

  [[nodiscard]] bool is_leaf() const { return !fields.is_multipart(); }
};

/// The value of a parameter, unquoted: `boundary`, `charset`. Empty when there is none.
std::string parameter(std::string_view content_type, std::string_view name);

ContentFields content_fields(const message::Header& header);

/// The parts of `body` (lines in CRLF), outer before inner, at most 64 of them and 8 deep; none
/// when `fields` is no multipart. A part without an end ends with the body.
std::vector<Part> parts_of(const ContentFields& fields, std::string_view body);

}  // namespace mailtrust::dkim::damage
