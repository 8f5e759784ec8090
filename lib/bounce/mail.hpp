#pragma once
// A notice taken apart, as the readers of its many layouts see it.

#include <string>
#include <string_view>
#include <vector>

#include "message/header.hpp"
#include "message/mime.hpp"

namespace mailtrust::bounce {

struct Mail {
  message::Header header;
  message::Structure structure;  ///< of the body
  std::string subject;           ///< decoded, in lower case
  std::string from;              ///< decoded, in lower case
  /// The text for people: decoded, UTF-8, lines parted by LF, up to where the returned message
  /// begins; of a multipart its text parts in order.
  std::string text;
  std::vector<std::string_view> lines;  ///< of `text`, trailing white space left away
  /// The message that comes back, or its header, with LF; empty when there is none. In bounces
  /// without MIME it is found by its own first lines and by the markers of many systems.
  std::string returned;
};

/// `octets` must outlive it. CRLF, LF and lone CR alike.
Mail take_apart(std::string_view octets);

}  // namespace mailtrust::bounce
