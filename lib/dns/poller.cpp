#include "dns/poller.hpp"

#include <cerrno>
#include <cstdint>
#include <utility>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace mailtrust::dns {
namespace {

// Waiting for work ends now and then, in case a call to wake was lost.
constexpr std::chrono::milliseconds kLongest{1000};

int timeout_of(std::chrono::nanoseconds patience) {
  if (patience < std::chrono::nanoseconds::zero() || patience > kLongest) patience = kLongest;
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(patience).count());
}

}  // namespace

Poller::Poller()
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)), event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = event_;
  // Nobody could wake a thread that waits without it.
  if (ok() && ::epoll_ctl(epoll_, EPOLL_CTL_ADD, event_, &event) != 0)
    ::close(std::exchange(epoll_, -1));
}

Poller::~Poller() {
  if (epoll_ >= 0) ::close(epoll_);
  if (event_ >= 0) ::close(event_);
}

void Poller::wake() const noexcept {
  auto saved = errno;
  std::uint64_t one = 1;
  while (::write(event_, &one, sizeof one) < 0 && errno == EINTR) continue;
  errno = saved;
}

void Poller::watch(int descriptor, bool readable, bool writable, Handler& handler) {
  if (!readable && !writable) return forget(descriptor);
  epoll_event event{};
  event.events = (readable ? EPOLLIN : 0U) | (writable ? EPOLLOUT : 0U);
  event.data.fd = descriptor;
  bool is_new = handlers_.insert_or_assign(descriptor, &handler).second;
  ::epoll_ctl(epoll_, is_new ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

void Poller::forget(int descriptor) {
  if (handlers_.erase(descriptor) != 0) ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
}

void Poller::wait(std::chrono::nanoseconds patience) {
  epoll_event events[32];
  int count = ::epoll_wait(epoll_, events, 32, timeout_of(patience));
  for (int i = 0; i < count; ++i) {
    auto descriptor = events[i].data.fd;
    if (descriptor == event_) {
      std::uint64_t value = 0;
      [[maybe_unused]] auto got = ::read(event_, &value, sizeof value);
      continue;
    }
    // Looked up now, as an earlier handler may have closed it.
    auto handler = handlers_.find(descriptor);
    if (handler == handlers_.end()) continue;
    bool failed = (events[i].events & (EPOLLERR | EPOLLHUP)) != 0;
    handler->second->ready(descriptor, failed || (events[i].events & EPOLLIN) != 0,
                           (events[i].events & EPOLLOUT) != 0);
  }
}

}  // namespace mailtrust::dns
