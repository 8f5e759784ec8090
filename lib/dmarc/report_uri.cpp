#include "dmarc/report_uri.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::dmarc {
namespace {

// RFC 3986 section 2: what may stand in a URI at all, without the "!" and "," that RFC 9989 wants
// encoded.
bool is_uri_octet(char c) {
  return ascii::is_alnum(c) ||
         (c != '\0' && std::string_view("-._~:/?#[]@$&'()*+;=%").find(c) != std::string_view::npos);
}

bool is_scheme(std::string_view scheme) {
  auto inside = [](char c) { return ascii::is_alnum(c) || c == '+' || c == '-' || c == '.'; };
  return !scheme.empty() && ascii::is_alpha(scheme[0]) && std::ranges::all_of(scheme, inside);
}

// obs-dmarc-report-size: "!" and digits, then perhaps a unit.
std::string_view without_size(std::string_view text) {
  auto mark = text.rfind('!');
  if (mark == std::string_view::npos) return text;
  auto size = text.substr(mark + 1);
  if (!size.empty() && std::string_view("kmgt").find(ascii::lower(size.back())) != size.npos)
    size.remove_suffix(1);
  bool digits = !size.empty() && std::ranges::all_of(size, ascii::is_digit);
  return digits ? text.substr(0, mark) : text;
}

}  // namespace

ReportUri parse_report_uri(std::string_view text) {
  ReportUri uri;
  uri.text = without_size(text);
  auto colon = uri.text.find(':');
  auto scheme = uri.text.substr(0, colon);
  if (uri.text.empty()) {
    uri.fault = "is empty; expected a URI such as mailto:dmarc@example.org";
  } else if (colon == std::string_view::npos && uri.text.find('@') != std::string_view::npos) {
    uri.fault = "is a bare address; expected \"mailto:\" in front of it";
  } else if (colon == std::string_view::npos || !is_scheme(scheme)) {
    uri.fault = "is no URI; expected one such as mailto:dmarc@example.org";
  } else if (!std::ranges::all_of(uri.text, is_uri_octet)) {
    uri.fault = "holds a character that must be percent-encoded in a URI";
  } else if (ascii::iequals(scheme, "mailto")) {
    auto address = uri.text.substr(colon + 1);
    address = address.substr(0, address.find('?'));
    auto at = address.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == address.size())
      uri.fault = "has no mail address after mailto:";
    else
      uri.domain = address.substr(at + 1);
  } else if (colon + 1 == uri.text.size()) {
    uri.fault = "has nothing after its scheme";
  }
  return uri;
}

}  // namespace mailtrust::dmarc
