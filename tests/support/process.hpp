#pragma once
// Programs that a test starts, and ends: real servers on loopback, in a directory that goes away.

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mailtrust::test {

/// A directory of its own, removed with what is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    auto pattern = (std::filesystem::temp_directory_path() / "mailtrust.XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }

  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Makes a file with this text; its path.
  std::string write(const std::string& name, const std::string& text) const {
    auto file = path_ + '/' + name;
    std::ofstream(file) << text;
    return file;
  }

 private:
  std::string path_;
};

/// A child process that runs while this lives, its output in a file. It also ends when the test
/// program is killed.
class Process {
 public:
  Process(std::vector<std::string> words, const std::string& log) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    child_ = ::fork();
    if (child_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(output, 1);
    ::dup2(output, 2);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  ~Process() {
    ::kill(child_, SIGTERM);
    for (int i = 0; i < 100; ++i) {
      if (::waitpid(child_, nullptr, WNOHANG) != 0) return;
      ::usleep(20'000);
    }
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }

 private:
  pid_t child_;
};

/// A port of loopback that is free for UDP and TCP just now.
inline std::uint16_t free_port() {
  while (true) {
    int sockets[2] = {::socket(AF_INET, SOCK_DGRAM, 0), ::socket(AF_INET, SOCK_STREAM, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bool free = true;
    for (int socket : sockets) {
      free = free && ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0;
      ::getsockname(sockets[0], reinterpret_cast<sockaddr*>(&address), &size);
    }
    for (int socket : sockets) ::close(socket);
    if (free) return ntohs(address.sin_port);
  }
}

}  // namespace mailtrust::test
