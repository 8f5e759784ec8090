#include "delivery/spool.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.hpp"
#include "base/number.hpp"

namespace mailtrust::delivery {

Spool::Spool(std::string name)
    : name_(std::move(name)), descriptor_(::memfd_create("mail", MFD_CLOEXEC)) {}

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<void> Spool::add(std::string_view octets) {
  size_ += octets.size();
  if (size_ > limits::kMessage)
    return fail(Error::Kind::input, name_,
                "more mail than " + grouped(limits::kMessage) +
                    " octets through a pipe; name the file instead");
  while (!octets.empty()) {
    auto written = ::write(descriptor_, octets.data(), octets.size());
    if (written < 0 && errno != EINTR)
      return fail(Error::Kind::temporary, name_,
                  std::string("cannot be kept: ") + std::strerror(errno));
    if (written > 0) octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::string Spool::path() const {
  return "/proc/self/fd/" + std::to_string(descriptor_);
}

}  // namespace mailtrust::delivery
