#pragma once
// A notice taken apart, as the readers of its many layouts see it.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "message/header.hpp"
#include "message/mime.hpp"

namespace mailtrust::bounce {

struct Mail {
  std::string_view octets;  ///< as given, but for lone CRs, which are LF
  message::Header header;
  message::Structure structure;  ///< of the body
  std::string subject;           ///< decoded, in lower case
  std::string from;              ///< decoded, in lower case
  /// The text for people: decoded, UTF-8, lines parted by LF, up to where the returned message
  /// begins; of a multipart its text parts in order. At most limits::kBounceText octets.
  std::string text;
  std::vector<std::string_view> lines;  ///< of `text`, trailing white space left away
  /// The message that comes back, or its header, with LF; empty when there is none. In bounces
  /// without MIME it is found by its own first lines and by the markers of many systems. At most
  /// limits::kBounceReturned octets of it.
  std::string returned;

  std::shared_ptr<const std::string> repaired;  ///< what `octets` points into; may be null
};

/// `octets` must outlive it. CRLF, LF and lone CR alike.
Mail take_apart(std::string_view octets);

/// The content of a part without its transfer encoding, as UTF-8 as far as its character set is
/// known. At most `most` octets before the conversion.
std::string text_of(const message::Part& part, std::size_t most = limits::kBounceText);

/// Is it a message that was attached, or the header of one: message/rfc822, text/rfc822-headers?
bool is_attached_message(const message::Part& part);

}  // namespace mailtrust::bounce
