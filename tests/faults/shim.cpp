// A library to preload that makes the Nth call of one kind fail.
//
//   MAILTRUST_FAULT="KIND:N:HOW:MODE"   KIND as in kKinds; N from 1; HOW an errno number, or
//   "short";
//                                       MODE "once" or "on" (the Nth and all that follow)
//   MAILTRUST_FAULT_REPORT=FILE         16 octets: calls of that kind, and how many of them failed
//
// Calls count over all threads, from the beginning of main() on. Nothing here allocates.
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

extern "C" {
void* __libc_malloc(size_t size) noexcept;
void* __libc_calloc(size_t count, size_t size) noexcept;
void* __libc_realloc(void* old, size_t size) noexcept;
void* __libc_memalign(size_t alignment, size_t size) noexcept;

/// Where a debugger stops to see who asked.
__attribute__((noinline)) void mailtrust_fault() {
  asm volatile("");
}
}

namespace {

enum class Kind {
  none,
  alloc,
  read,
  write,
  sync,
  size,
  open,
  socket,
  connect,
  send,
  recv,
  poll,
  thread,
  random,
  name,
  unlink,
  stat,
  lock,
  map
};
constexpr const char* kKinds[] = {"none",   "alloc",   "read", "write", "sync", "size",   "open",
                                  "socket", "connect", "send", "recv",  "poll", "thread", "random",
                                  "name",   "unlink",  "stat", "lock",  "map"};

struct Report {
  std::atomic<std::uint64_t> calls;
  std::atomic<std::uint64_t> failed;
};

struct Plan {
  Kind kind = Kind::none;
  std::uint64_t number = 0;
  int error = 0;
  bool cut = false;  ///< reads and writes move half of the octets
  bool goes_on = false;
};

Plan plan;
Report unread;
Report* report = &unread;
std::atomic<bool> armed{false};

bool read_plan(const char* text) {
  const char* colon = std::strchr(text, ':');
  if (colon == nullptr) return false;
  auto length = static_cast<std::size_t>(colon - text);
  for (std::size_t i = 0; i < std::size(kKinds); ++i)
    if (std::strncmp(text, kKinds[i], length) == 0 && kKinds[i][length] == '\0')
      plan.kind = static_cast<Kind>(i);
  char* rest = nullptr;
  plan.number = std::strtoull(colon + 1, &rest, 10);
  plan.cut = std::strncmp(rest, ":short", 6) == 0;
  if (plan.cut) rest += 6;
  if (!plan.cut) plan.error = static_cast<int>(std::strtol(rest + 1, &rest, 10));
  plan.goes_on = std::strcmp(rest, ":on") == 0;
  return plan.kind != Kind::none;
}

void open_report(const char* path) {
  auto descriptor = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return;
  auto mapped =
      syscall(SYS_mmap, nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (mapped != -1) report = reinterpret_cast<Report*>(mapped);
  syscall(SYS_close, descriptor);
}

bool strikes(Kind kind) {
  if (kind != plan.kind || !armed.load(std::memory_order_relaxed)) return false;
  auto call = ++report->calls;
  if (call != plan.number && !(plan.goes_on && call > plan.number)) return false;
  ++report->failed;
  mailtrust_fault();
  return true;
}

/// Does this call fail, with errno set?
bool fails(Kind kind) {
  if (!strikes(kind) || plan.cut) return false;
  errno = plan.error;
  return true;
}

/// The same where octets move: `size` is halved instead when calls are to be short.
bool fails(Kind kind, std::size_t& size) {
  if (!strikes(kind)) return false;
  if (plan.cut) {
    if (size > 1) size /= 2;
    return false;
  }
  errno = plan.error;
  return true;
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// The function behind ours; looked up once.
#define NEXT(name) static auto* const real = next<decltype(name)>(#name)

// A function of which nothing but success or failure matters here.
#define FAILING(kind, result, failure, name, parameters, arguments) \
  result name parameters {                                          \
    NEXT(name);                                                     \
    if (fails(Kind::kind)) return failure;                          \
    return real arguments;                                          \
  }

extern "C" {

void* malloc(size_t size) noexcept {
  return fails(Kind::alloc) ? nullptr : __libc_malloc(size);
}

void* calloc(size_t count, size_t size) noexcept {
  return fails(Kind::alloc) ? nullptr : __libc_calloc(count, size);
}

void* realloc(void* old, size_t size) noexcept {
  return fails(Kind::alloc) ? nullptr : __libc_realloc(old, size);
}

void* memalign(size_t alignment, size_t size) noexcept {
  return fails(Kind::alloc) ? nullptr : __libc_memalign(alignment, size);
}

void* aligned_alloc(size_t alignment, size_t size) noexcept {
  return fails(Kind::alloc) ? nullptr : __libc_memalign(alignment, size);
}

int posix_memalign(void** out, size_t alignment, size_t size) noexcept {
  if (fails(Kind::alloc)) return ENOMEM;
  *out = __libc_memalign(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}

ssize_t read(int descriptor, void* octets, size_t size) {
  NEXT(read);
  return fails(Kind::read, size) ? -1 : real(descriptor, octets, size);
}

ssize_t pread(int descriptor, void* octets, size_t size, off_t offset) {
  NEXT(pread);
  return fails(Kind::read, size) ? -1 : real(descriptor, octets, size, offset);
}

ssize_t pread64(int descriptor, void* octets, size_t size, off64_t offset) {
  NEXT(pread64);
  return fails(Kind::read, size) ? -1 : real(descriptor, octets, size, offset);
}

FAILING(read, dirent*, nullptr, readdir, (DIR * folder), (folder))

ssize_t write(int descriptor, const void* octets, size_t size) {
  NEXT(write);
  return fails(Kind::write, size) ? -1 : real(descriptor, octets, size);
}

ssize_t pwrite(int descriptor, const void* octets, size_t size, off_t offset) {
  NEXT(pwrite);
  return fails(Kind::write, size) ? -1 : real(descriptor, octets, size, offset);
}

ssize_t pwrite64(int descriptor, const void* octets, size_t size, off64_t offset) {
  NEXT(pwrite64);
  return fails(Kind::write, size) ? -1 : real(descriptor, octets, size, offset);
}

FAILING(write, ssize_t, -1, writev, (int descriptor, const iovec* parts, int count),
        (descriptor, parts, count))
FAILING(sync, int, -1, fsync, (int descriptor), (descriptor))
FAILING(sync, int, -1, fdatasync, (int descriptor), (descriptor))
FAILING(size, int, -1, ftruncate, (int descriptor, off_t size) noexcept, (descriptor, size))
FAILING(size, int, -1, ftruncate64, (int descriptor, off64_t size) noexcept, (descriptor, size))

// The mode is there only where a file may be made, and read in any case: it does no harm.
#define OPENING(name, parameters, arguments) \
  int name parameters {                      \
    NEXT(name);                              \
    va_list list;                            \
    va_start(list, flags);                   \
    auto mode = va_arg(list, unsigned);      \
    va_end(list);                            \
    if (fails(Kind::open)) return -1;        \
    return real arguments;                   \
  }

OPENING(open, (const char* path, int flags, ...), (path, flags, mode))
OPENING(open64, (const char* path, int flags, ...), (path, flags, mode))
OPENING(openat, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))

int __open_2(const char* path, int flags) {
  return open(path, flags);
}

FAILING(open, FILE*, nullptr, fopen, (const char* path, const char* mode), (path, mode))
FAILING(open, FILE*, nullptr, fopen64, (const char* path, const char* mode), (path, mode))
FAILING(open, FILE*, nullptr, fdopen, (int descriptor, const char* mode) noexcept,
        (descriptor, mode))
FAILING(open, DIR*, nullptr, opendir, (const char* path), (path))
FAILING(open, DIR*, nullptr, fdopendir, (int descriptor), (descriptor))
FAILING(open, int, -1, mkostemp, (char* name, int flags), (name, flags))
FAILING(open, int, -1, memfd_create, (const char* name, unsigned flags) noexcept, (name, flags))
FAILING(open, void*, nullptr, dlopen, (const char* path, int flags) noexcept, (path, flags))
FAILING(socket, int, -1, socket, (int family, int type, int protocol) noexcept,
        (family, type, protocol))
FAILING(socket, int, -1, epoll_create1, (int flags) noexcept, (flags))
FAILING(socket, int, -1, eventfd, (unsigned value, int flags) noexcept, (value, flags))
FAILING(connect, int, -1, connect, (int descriptor, const sockaddr* to, socklen_t size),
        (descriptor, to, size))
FAILING(send, ssize_t, -1, send, (int descriptor, const void* octets, size_t size, int flags),
        (descriptor, octets, size, flags))
FAILING(send, ssize_t, -1, sendto,
        (int descriptor, const void* octets, size_t size, int flags, const sockaddr* to,
         socklen_t length),
        (descriptor, octets, size, flags, to, length))
FAILING(send, ssize_t, -1, sendmsg, (int descriptor, const msghdr* message, int flags),
        (descriptor, message, flags))
FAILING(recv, ssize_t, -1, recv, (int descriptor, void* octets, size_t size, int flags),
        (descriptor, octets, size, flags))
FAILING(recv, ssize_t, -1, recvfrom,
        (int descriptor, void* octets, size_t size, int flags, sockaddr* from, socklen_t* length),
        (descriptor, octets, size, flags, from, length))
FAILING(poll, int, -1, epoll_wait, (int descriptor, epoll_event* events, int size, int wait),
        (descriptor, events, size, wait))
FAILING(poll, int, -1, epoll_ctl,
        (int descriptor, int what, int other, epoll_event* event) noexcept,
        (descriptor, what, other, event))
FAILING(thread, int, plan.error, pthread_create,
        (pthread_t * thread, const pthread_attr_t* how, void* (*run)(void*), void* with) noexcept,
        (thread, how, run, with))
FAILING(random, ssize_t, -1, getrandom, (void* octets, size_t size, unsigned flags),
        (octets, size, flags))
FAILING(random, int, -1, getentropy, (void* octets, size_t size), (octets, size))
FAILING(name, int, -1, rename, (const char* from, const char* to) noexcept, (from, to))
FAILING(name, int, -1, link, (const char* from, const char* to) noexcept, (from, to))
FAILING(unlink, int, -1, unlink, (const char* path) noexcept, (path))
FAILING(name, int, -1, mkdir, (const char* path, mode_t mode) noexcept, (path, mode))
FAILING(name, int, -1, fchmod, (int descriptor, mode_t mode) noexcept, (descriptor, mode))
FAILING(stat, int, -1, stat, (const char* path, struct stat* out) noexcept, (path, out))
FAILING(stat, int, -1, stat64, (const char* path, struct stat64* out) noexcept, (path, out))
FAILING(stat, int, -1, lstat, (const char* path, struct stat* out) noexcept, (path, out))
FAILING(stat, int, -1, lstat64, (const char* path, struct stat64* out) noexcept, (path, out))
FAILING(stat, int, -1, fstat, (int descriptor, struct stat* out) noexcept, (descriptor, out))
FAILING(stat, int, -1, fstat64, (int descriptor, struct stat64* out) noexcept, (descriptor, out))
FAILING(map, void*, MAP_FAILED, mmap64,
        (void* at, size_t size, int protection, int flags, int descriptor, off64_t offset) noexcept,
        (at, size, protection, flags, descriptor, offset))
FAILING(map, void*, MAP_FAILED, mmap,
        (void* at, size_t size, int protection, int flags, int descriptor, off_t offset) noexcept,
        (at, size, protection, flags, descriptor, offset))

// The one argument is a number or a pointer; as a pointer it carries both.
#define FAILING_LOCK(name)                                                        \
  int name(int descriptor, int command, ...) {                                    \
    NEXT(name);                                                                   \
    va_list list;                                                                 \
    va_start(list, command);                                                      \
    auto* argument = va_arg(list, void*);                                         \
    va_end(list);                                                                 \
    bool locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK; \
    return locks && fails(Kind::lock) ? -1 : real(descriptor, command, argument); \
  }

FAILING_LOCK(fcntl64)
FAILING_LOCK(fcntl)

using Main = int (*)(int, char**, char**);

namespace {

Main real_main = nullptr;

int main_under_fault(int argc, char** argv, char** environment) {
  const char* text = std::getenv("MAILTRUST_FAULT");
  const char* path = std::getenv("MAILTRUST_FAULT_REPORT");
  if (path != nullptr) open_report(path);
  if (text != nullptr && read_plan(text)) armed = true;
  return real_main(argc, argv, environment);
}

}  // namespace

int __libc_start_main(Main program, int argc, char** argv, void (*init)(), void (*fini)(),
                      void (*loader_fini)(), void* stack_end) {
  NEXT(__libc_start_main);
  real_main = program;
  return real(main_under_fault, argc, argv, init, fini, loader_fini, stack_end);
}
}
