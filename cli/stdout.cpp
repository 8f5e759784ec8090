#include "cli/stdout.hpp"

#include <cerrno>
#include <cstring>

#include <unistd.h>

#include "base/descriptor.hpp"

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

void Stdout::end() {
  mutex_.lock();
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
  if (state_ == State::open && !write_all(STDOUT_FILENO, buffer_)) {
    errno_ = errno;
    state_ = errno == EPIPE ? State::closed : State::failed;
  }
  buffer_.clear();
}

}  // namespace mailtrust::cli
