#pragma once
// What libcurl asks and tells us during an exchange. Only lib/http/curl_*.cpp include this.

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

#include "http/curl_api.hpp"
#include "http/response_body.hpp"
#include "http/response_head.hpp"
#include "net/address.hpp"

namespace mailtrust::http {

/// What is written down of one exchange.
struct Transfer {
  bool anywhere = false;  ///< may connect to other than public addresses
  ResponseHead head = {};
  ResponseBody body = {};
  std::string refused = {};           ///< why it was ended by us; else empty
  std::exception_ptr exception = {};  ///< to be thrown again: it must not cross libcurl

  /// False, and refused says so, when the address is not one to connect to.
  bool may_connect(const net::Address& address);

  /// The callbacks of libcurl; each has a Transfer as its data.
  static std::size_t on_header(char* text, std::size_t one, std::size_t size, void* data);
  static std::size_t on_body(char* text, std::size_t one, std::size_t size, void* data);
  static curl_socket_t on_socket(void* data, curlsocktype purpose, curl_sockaddr* target);

  /// Before each request, so also for a connection that was made earlier.
  static int on_connection(void* data, char* remote, char* local, int remote_port, int local_port);

 private:
  std::size_t refuse(std::string_view why);
};

}  // namespace mailtrust::http
