#pragma once
// Where reports go: the URIs of rua= and ruf=. RFC 9989 section 4.6, RFC 3986, RFC 6068 (mailto).

#include <string_view>

namespace mailtrust::dmarc {

struct ReportUri {
  std::string_view text;    ///< without a historic "!10m" at its end
  std::string_view domain;  ///< of a mailto: URI; empty for other schemes
  std::string_view fault;   ///< empty: valid; else "has no ...", to follow the URI in a sentence
};

/// One URI, white space around it removed. The views point into `text`.
ReportUri parse_report_uri(std::string_view text);

}  // namespace mailtrust::dmarc
