#include "http/curl_words.hpp"

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "net/tcp_connection.hpp"

namespace mailtrust::http {
namespace {

// Details may quote the server.
std::string in_brackets(std::string_view detail) {
  constexpr std::size_t kLongest = 120;
  detail = ascii::trim(detail).substr(0, kLongest);
  return detail.empty() ? std::string() : " (" + escape_text(detail) + ')';
}

std::string_view without(std::string_view prefix, std::string_view text) {
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  return text;
}

std::string not_verified(std::string_view detail) {
  if (detail.find("subject name") != std::string_view::npos)
    return "TLS certificate is for another host";
  return "TLS certificate not trusted" + in_brackets(without("SSL certificate problem: ", detail));
}

// What OpenSSL reports is "LIBRARY: error:NUMBER:WHERE:FUNCTION:REASON".
std::string_view reason_in(std::string_view detail) {
  if (detail.find("error:") == std::string_view::npos) return detail;
  return detail.substr(detail.rfind(':') + 1);
}

std::string not_received(std::string_view detail) {
  if (detail.find("chunked") != std::string_view::npos) return "not an HTTP answer";
  return "connection lost" + in_brackets(reason_in(detail));
}

}  // namespace

std::string words(const CurlApi& api, CURLcode code, std::string_view detail, long number) {
  switch (code) {
    case CURLE_COULDNT_CONNECT:
      return number == 0 ? "cannot be connected to" : net::reason(static_cast<int>(number));
    case CURLE_PEER_FAILED_VERIFICATION: return not_verified(detail);
    case CURLE_SSL_CONNECT_ERROR: return "TLS failed" + in_brackets(reason_in(detail));
    case CURLE_SSL_CACERT_BADFILE: return "the trusted TLS certificates cannot be read";
    case CURLE_GOT_NOTHING: return "closed the connection without an answer";
    case CURLE_PARTIAL_FILE: return "answer cut short";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY: return "not an HTTP answer";
    case CURLE_SEND_ERROR: return "connection lost" + in_brackets(reason_in(detail));
    case CURLE_RECV_ERROR: return not_received(detail);
    case CURLE_OUT_OF_MEMORY: return "header field larger than 100 KiB";  // what libcurl reads
    case CURLE_OPERATION_TIMEDOUT: return "timed out";
    default:
      return "exchange failed" + in_brackets(detail.empty() ? api.easy_strerror(code) : detail);
  }
}

}  // namespace mailtrust::http
