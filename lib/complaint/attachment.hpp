#pragma once
// How a message is put into a report without changing an octet of it. RFC 2046 section 5.2.1
// (message/rfc822 takes no base64), RFC 2045 section 2 (what 7bit and 8bit may hold), RFC 6522
// section 4 (text/rfc822-headers).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::complaint {

/// What a message's lines are like.
struct LineForm {
  bool eight_bit = false;  ///< octets above 127
  bool crlf = true;        ///< every line end is CRLF
  bool unfit = false;      ///< NUL, a CR alone, or a line over 998 octets: mail cannot carry it
};

LineForm line_form(std::string_view octets);

/// One part of a multipart: fields that are ASCII, and content.
struct Section {
  std::vector<std::string> fields;  ///< "Content-Type: message/rfc822", without line ends
  std::string_view view;            ///< the content: octets kept elsewhere, or
  std::string text;                 ///< these, used where `view` is empty
  bool eight_bit = false;

  [[nodiscard]] std::string_view content() const { return view.empty() ? text : view; }
};

/// The message as the third part of a report: message/rfc822 as it is; its header alone
/// (text/rfc822-headers) where it is unfit or `header_only`. `octets` must outlive it.
Section original_section(std::string_view octets, bool header_only);

/// The message in base64 (application/octet-stream): for what is unfit.
Section opaque_section(std::string_view octets);

/// "text/plain" and the like, UTF-8 when it holds more than ASCII; lines end in LF.
Section text_section(std::string_view type, std::string text);

/// Content in lines of 76 columns.
std::string base64_lines(std::string_view octets);

/// RFC 2045 section 6.7, line ends as LF.
std::string quoted_printable(std::string_view text);

/// A boundary that is in none of the contents; the same for the same contents.
std::string boundary_for(const std::vector<Section>& sections);

}  // namespace mailtrust::complaint
