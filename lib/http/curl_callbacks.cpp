#include "http/curl_callbacks.hpp"

#include <sys/socket.h>

#include "net/socket_address.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::http {
namespace {

template <typename Result, typename Work>
Result guarded(void* data, Result failure, Work work) {
  auto& transfer = *static_cast<Transfer*>(data);
  try {
    return work(transfer);
  } catch (...) {
    transfer.exception = std::current_exception();
    return failure;
  }
}

}  // namespace

bool Transfer::may_connect(const net::Address& address) {
  if (anywhere || net::is_public(address)) return true;
  refused = to_string(address) + " is not a public address";
  return false;
}

std::size_t Transfer::refuse(std::string_view why) {
  refused = why;
  return 0;
}

std::size_t Transfer::on_header(char* text, std::size_t, std::size_t size, void* data) {
  return guarded(data, std::size_t{0}, [&](Transfer& transfer) {
    bool taken = transfer.head.take({text, size});
    return taken ? size : transfer.refuse("header larger than 256 KiB");
  });
}

std::size_t Transfer::on_body(char* text, std::size_t, std::size_t size, void* data) {
  return guarded(data, std::size_t{0}, [&](Transfer& transfer) {
    auto why = transfer.body.add({text, size}, transfer.head.content_encoding);
    return why.empty() ? size : transfer.refuse(why);
  });
}

curl_socket_t Transfer::on_socket(void* data, curlsocktype, curl_sockaddr* target) {
  return guarded(data, CURL_SOCKET_BAD, [&](Transfer& transfer) {
    auto address = net::address_of(target->addr, target->addrlen);
    if (!address || !transfer.may_connect(*address)) return CURL_SOCKET_BAD;
    return ::socket(target->family, target->socktype | SOCK_CLOEXEC, target->protocol);
  });
}

int Transfer::on_connection(void* data, char* remote, char*, int, int) {
  return guarded(data, CURL_PREREQFUNC_ABORT, [&](Transfer& transfer) {
    auto address = net::Address::read(remote);
    return address && transfer.may_connect(*address) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
  });
}

}  // namespace mailtrust::http
