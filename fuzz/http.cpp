// What a web server sends and where it sends us: the head of a response (RFC 9112 section 5), its
// body, and URLs.
#include <string>

#include "base/limits.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"
#include "http/curl_url.hpp"
#include "http/response_body.hpp"
#include "http/response_head.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

// Takes the head off the response.
http::ResponseHead take_head(std::string_view& response) {
  http::ResponseHead head;
  while (!response.empty() && !head.is_complete()) {
    auto line = response.substr(0, response.find('\n') + 1);
    if (line.empty()) line = response;
    response.remove_prefix(line.size());
    require(head.take(line), "a small head is within the limit");
  }
  return head;
}

void check_body(std::string_view octets, std::string_view coding) {
  http::ResponseBody body;
  fuzz::Pieces pieces(octets);
  std::string_view fault;
  for (auto piece = pieces.next(); !piece.empty() && fault.empty(); piece = pieces.next())
    fault = body.add(piece, coding);
  auto text = body.take();
  require(text.size() <= limits::kHttpBody, "no more than the limit");
  if (coding.empty()) require(fault.empty() && text == octets, "what is not packed stays");
}

void check_url(std::string_view text, std::string_view base) {
  auto url = http::read_url(text, base);
  if (!url) return;
  require(url->scheme == "http" || url->scheme == "https", "no other scheme");
  require(!url->host.empty() && url->port != 0, "it leads somewhere");
  require(url->text.find_first_of("#\r\n ") == std::string::npos, "it is one word, no fragment");
  auto again = http::read_url(url->text);
  require(again && again->text == url->text, "what was read reads as itself");
  require(again->same_origin(*url), "and leads to the same place");
}

}  // namespace

MAILTRUST_FUZZ(http, octets) {
  auto head = take_head(octets);
  check_body(octets, head.content_encoding);
  check_url(head.location, "https://a.example/b/c?d");
  check_url(octets.substr(0, octets.find('\n')), {});
}
