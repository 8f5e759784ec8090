#include "cli/stdout.hpp"

#include <cerrno>
#include <cstring>

#include <poll.h>
#include <unistd.h>

namespace mailtrust::cli {
namespace {

constexpr std::size_t kMuch = 64U << 10;

}  // namespace

void Stdout::append(std::string_view lines) {
  std::lock_guard lock(mutex_);
  if (state_ != State::open) return;
  buffer_ += lines;
  if (buffer_.size() >= kMuch) write_out();
}

void Stdout::flush() {
  std::lock_guard lock(mutex_);
  write_out();
}

Stdout::State Stdout::state() const {
  std::lock_guard lock(mutex_);
  return state_;
}

std::string Stdout::failure() const {
  std::lock_guard lock(mutex_);
  return state_ == State::failed ? std::strerror(errno_) : std::string{};
}

void Stdout::write_out() {
  std::size_t done = 0;
  while (done < buffer_.size() && state_ == State::open) {
    auto written = ::write(STDOUT_FILENO, buffer_.data() + done, buffer_.size() - done);
    if (written >= 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno == EAGAIN) {  // somebody made the pipe non-blocking
      pollfd ready{STDOUT_FILENO, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      errno_ = errno;
      state_ = errno == EPIPE ? State::closed : State::failed;
    }
  }
  buffer_.clear();
}

}  // namespace mailtrust::cli
