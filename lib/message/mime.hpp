#pragma once
// The parts of a message. RFC 2045 (fields, encodings), RFC 2046 section 5.1 (multipart).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "message/content_type.hpp"
#include "message/header.hpp"

namespace mailtrust::message {

/// Content-Transfer-Encoding. RFC 2045 section 6.
enum class TransferEncoding {
  identity,  ///< 7bit, 8bit, binary, or nothing said
  quoted_printable,
  base64,
  unknown,  ///< another word: the content is opaque (section 6.4)
};

/// Why a multipart was not looked into, or not to its end.
enum class MimeLimit {
  none,
  depth,     ///< limits::kMimeDepth
  parts,     ///< limits::kMimeParts
  boundary,  ///< none, or one over limits::kMimeBoundary
};

struct Part {
  std::size_t parent = 0;  ///< in Structure::parts; of the message itself 0
  std::size_t depth = 0;   ///< multiparts around it
  ContentType content_type;
  std::string charset;  ///< of text: in lower case, "us-ascii" when nothing is said
  TransferEncoding encoding = TransferEncoding::identity;
  std::string_view header;   ///< its lines; of the message itself empty
  std::string_view content;  ///< without the line end that belongs to the boundary behind it
  MimeLimit limit = MimeLimit::none;
};

struct Structure {
  std::vector<Part> parts;  ///< the message itself, then each part before what is in it

  /// The leaves of that type ("text/plain"), in order.
  [[nodiscard]] std::vector<const Part*> all(std::string_view type) const;
};

/// Views point into `body`, whose lines end in CRLF or LF. One pass; the time is linear. A
/// multipart without an end ends with what is around it. Messages within the message
/// (message/rfc822) are leaves. What is over a limit is one opaque part that says so.
Structure read_structure(const Header& header, std::string_view body);

/// The content without its transfer encoding; as it is when that is identity or unknown. Octets
/// that do not belong are passed over (RFC 2045 sections 6.7 and 6.8).
std::string decode_content(const Part& part);

}  // namespace mailtrust::message
