#include "http/response_head.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"

namespace mailtrust::http {

bool ResponseHead::take(std::string_view line) {
  octets_ += line.size();
  if (octets_ > limits::kHttpHeader) return false;
  if (line.starts_with("HTTP/") && line.find(':') > line.find(' ')) {
    auto octets = octets_;
    *this = ResponseHead();
    octets_ = octets;
  } else if (ascii::trim(line).empty()) {
    complete_ = true;
  } else if (!complete_) {
    take_field(line);
  }
  return true;
}

void ResponseHead::take_field(std::string_view line) {
  auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  auto name = line.substr(0, colon);
  auto value = ascii::trim(line.substr(colon + 1));
  if (ascii::iequals(name, "Content-Type")) content_type = value;
  if (ascii::iequals(name, "Content-Encoding")) content_encoding = value;
  if (ascii::iequals(name, "ETag")) etag = value;
  if (ascii::iequals(name, "Location")) location = value;
  if (ascii::iequals(name, "Retry-After")) retry_after = value;
}

}  // namespace mailtrust::http
