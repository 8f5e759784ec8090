#include "base/descriptor.hpp"

#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace mailtrust {
namespace {

// After a read or write that failed: is it worth another try?
bool may_go_on(int descriptor, short event) {
  if (errno == EINTR) return true;
  if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
  pollfd ready{descriptor, event, 0};
  return ::poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace

ssize_t read_some(int descriptor, std::span<char> room) {
  ssize_t count = 0;
  do {
    count = ::read(descriptor, room.data(), room.size());
  } while (count < 0 && may_go_on(descriptor, POLLIN));
  return count;
}

bool write_all(int descriptor, std::string_view octets) {
  while (!octets.empty()) {
    auto written = ::write(descriptor, octets.data(), octets.size());
    if (written < 0 && !may_go_on(descriptor, POLLOUT)) return false;
    if (written > 0) octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace mailtrust
