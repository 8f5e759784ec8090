#pragma once
// URLs as libcurl reads them, so that what is checked is what is asked. RFC 3986.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust::http {

struct Url {
  std::string text;    ///< whole, without a fragment
  std::string scheme;  ///< lower case
  std::string host;    ///< a name in A-label form and lower case, or an address without brackets
  std::uint16_t port = 0;

  [[nodiscard]] bool same_origin(const Url& other) const {
    return scheme == other.scheme && host == other.host && port == other.port;
  }
};

/// `text` against `base` (empty: it must be absolute). Only http and https, without credentials; an
/// Error, temporary, says what is wrong with it; its `where` is empty.
Expected<Url> read_url(std::string_view text, std::string_view base = {});

}  // namespace mailtrust::http
