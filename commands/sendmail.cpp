#include "commands/sendmail.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/escape.hpp"

extern char** environ;

namespace mailtrust::commands {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostSaid = 4096;  // octets of what the program says that are kept

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  ~Descriptor() { close(); }

  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

  void take(int number) {
    close();
    number_ = number;
  }

  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

struct Pipe {
  Descriptor reading;
  Descriptor writing;

  bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    reading.take(ends[0]);
    writing.take(ends[1]);
    return true;
  }
};

void make_nonblocking(int descriptor) {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

class Child {
 public:
  Child(const std::string& program, Clock::time_point deadline)
      : program_(program), deadline_(deadline) {}

  std::optional<Error> run(std::string_view mail) {
    if (!input_.open() || !output_.open()) return error(Error::Kind::temporary, "no pipe");
    if (int failure = start(); failure != 0)
      return error(Error::Kind::usage, std::string("cannot be run: ") + std::strerror(failure));
    input_.reading.close();
    output_.writing.close();
    make_nonblocking(input_.writing.number());
    make_nonblocking(output_.reading.number());
    bool fed = feed(mail);
    input_.writing.close();
    bool ended = fed && drain();
    if (!ended) ::kill(child_, SIGKILL);
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended) return error(Error::Kind::temporary, "did not end in time and was stopped");
    return judge(status);
  }

 private:
  int start() {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input_.reading.number(), 0);
    posix_spawn_file_actions_adddup2(&actions, output_.writing.number(), 1);
    posix_spawn_file_actions_adddup2(&actions, output_.writing.number(), 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t pipe;
    sigemptyset(&none);
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &pipe);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string name = program_;
    std::string recipients = "-t";
    std::string no_dots = "-i";
    std::array<char*, 4> arguments = {name.data(), recipients.data(), no_dots.data(), nullptr};
    int failure =
        ::posix_spawn(&child_, program_.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
  }

  // Until the pipe may be used; false after the deadline.
  [[nodiscard]] bool wait(int descriptor, short what) const {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    if (left.count() <= 0) return false;
    pollfd one{descriptor, what, 0};
    int ready = ::poll(&one, 1, static_cast<int>(left.count()));
    return ready > 0 || (ready < 0 && errno == EINTR);
  }

  // A program that reads no further has said by its status why.
  bool feed(std::string_view mail) {
    while (!mail.empty()) {
      auto written = ::write(input_.writing.number(), mail.data(), mail.size());
      if (written > 0) {
        mail.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno == EPIPE) {
        return true;
      } else if (errno != EAGAIN && errno != EINTR) {
        return false;
      } else if (!wait(input_.writing.number(), POLLOUT)) {
        return false;
      }
      // Else both would wait: the program for us to read, we for it.
      take_said();
    }
    return true;
  }

  bool take_said() {
    std::array<char, 4096> room{};
    auto size = ::read(output_.reading.number(), room.data(), room.size());
    if (size > 0 && said_.size() < kMostSaid)
      said_.append(room.data(), static_cast<std::size_t>(size));
    return size != 0 && (size > 0 || errno == EAGAIN || errno == EINTR);
  }

  bool drain() {
    while (take_said())
      if (!wait(output_.reading.number(), POLLIN)) return false;
    return true;
  }

  [[nodiscard]] std::optional<Error> judge(int status) const {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::nullopt;
    auto text = WIFEXITED(status) ? "ended with status " + std::to_string(WEXITSTATUS(status))
                                  : "was ended by signal " + std::to_string(WTERMSIG(status));
    auto line = said_.substr(0, said_.find('\n'));
    if (!line.empty()) text += " and said " + quote(line);
    return error(Error::Kind::temporary, text + "; the mail is not sent");
  }

  [[nodiscard]] Error error(Error::Kind kind, std::string message) const {
    return {kind, program_, std::move(message)};
  }

  const std::string& program_;
  Clock::time_point deadline_;
  Pipe input_;
  Pipe output_;
  pid_t child_ = -1;
  std::string said_;
};

}  // namespace

std::optional<Error> hand_to_sendmail(const std::string& program, std::string_view mail,
                                      std::chrono::milliseconds bound) {
  return Child(program, Clock::now() + bound).run(mail);
}

}  // namespace mailtrust::commands
