#include "cli/confinement.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace mailtrust;

namespace {

// What is refused is refused for good, so that every question needs a process. The answer is the
// status it ends with.
int in_a_child(const std::function<int()>& ask) {
  auto child = ::fork();
  if (child == 0) ::_exit(ask());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

constexpr int kNotHere = 200;  // the kernel does not do that

int error_of(long result) {
  return result < 0 ? errno : 0;
}

int after_filter(const std::function<int()>& ask) {
  return in_a_child([&] {
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return cli::refuse_system_calls() ? ask() : kNotHere;
  });
}

int after_rules(const std::vector<std::string>& writes, const std::function<int()>& ask) {
  return in_a_child([&] {
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return cli::refuse_writes(writes) ? ask() : kNotHere;
  });
}

bool is_here(int answer) {
  if (answer == kNotHere) WARN("not tested: this kernel does not do it");
  return answer != kNotHere;
}

int execute() {
  std::string name = "/bin/true";
  std::array<char*, 2> arguments = {name.data(), nullptr};
  return error_of(::execv(name.c_str(), arguments.data()));
}

int execute_by_descriptor() {
  std::string name = "/bin/true";
  std::array<char*, 2> arguments = {name.data(), nullptr};
  return error_of(::fexecve(::open(name.c_str(), O_PATH), arguments.data(), environ));
}

int make_child() {
  auto child = ::fork();
  if (child == 0) ::_exit(0);
  return error_of(child);
}

int make_thread() {
  int seen = -1;
  std::thread([&seen] { seen = 0; }).join();
  return seen;
}

int make_new_clone() {
  std::array<std::uint64_t, 8> all_zero{};
  return error_of(::syscall(__NR_clone3, all_zero.data(), sizeof all_zero));
}

int execute_in_thread() {
  int seen = -1;
  std::thread([&seen] { seen = execute(); }).join();
  return seen;
}

// As some containers do.
bool refuse_confinement() {
  constexpr std::uint32_t kNumber = offsetof(seccomp_data, nr);
  constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;
  std::array<sock_filter, 6> program = {
      {{BPF_LD | BPF_W | BPF_ABS, 0, 0, kNumber},
       {BPF_JMP | BPF_JEQ | BPF_K, 3, 0, __NR_seccomp},
       {BPF_JMP | BPF_JEQ | BPF_K, 2, 0, __NR_prctl},
       {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, __NR_landlock_create_ruleset},
       {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
       {BPF_RET | BPF_K, 0, 0, kRefuse}}};
  sock_fprog all{program.size(), program.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all) == 0;
}

int run_program() {
  int quiet = ::open("/dev/null", O_WRONLY);
  ::dup2(quiet, STDOUT_FILENO);
  ::execl(MAILTRUST_BINARY, "mailtrust", "explain", "mx.null", nullptr);
  return errno;
}

int call_by_other_numbers() {
#ifdef __x86_64__
  return error_of(::syscall(__NR_getpid | 0x40000000));
#else
  return EPERM;
#endif
}

class Folder {
 public:
  Folder() { REQUIRE(::mkdtemp(path_.data()) != nullptr); }

  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  ~Folder() { static_cast<void>(std::system(("rm -rf " + path_).c_str())); }

  [[nodiscard]] std::string at(const std::string& name) const { return path_ + '/' + name; }

 private:
  std::string path_ = "/tmp/confinement-XXXXXX";
};

int open_to_write(const std::string& path, int flags = O_WRONLY | O_CREAT) {
  return error_of(::open(path.c_str(), flags | O_CLOEXEC, 0600));
}

}  // namespace

TEST_CASE("programs, children and other processes are refused, threads are not") {
  struct Row {
    const char* what;
    std::function<int()> ask;
    int answer;
  };

  auto row = GENERATE(values<Row>(
      {{"execve", execute, EPERM},
       {"execveat", execute_by_descriptor, EPERM},
       {"execve in a thread made later", execute_in_thread, EPERM},
       {"fork", make_child, EPERM},
       {"clone3", make_new_clone, ENOSYS},
       {"a thread", make_thread, 0},
       {"ptrace", [] { return error_of(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }, EPERM},
       {"another process's memory",
        [] { return error_of(::syscall(__NR_process_vm_readv, ::getppid(), 0, 0, 0, 0, 0)); },
        EPERM},
       {"keyctl", [] { return error_of(::syscall(__NR_keyctl, 0, 0)); }, EPERM},
       {"io_uring", [] { return error_of(::syscall(__NR_io_uring_setup, 1, 0)); }, EPERM},
       {"a namespace", [] { return error_of(::unshare(CLONE_NEWUSER)); }, EPERM},
       {"a signal to itself", [] { return error_of(::kill(::getpid(), 0)); }, 0},
       {"the numbers of another ABI", call_by_other_numbers, EPERM},
       {"reading", [] { return error_of(::open("/proc/self/stat", O_RDONLY)); }, 0}}));
  INFO(row.what);
  auto answer = after_filter(row.ask);
  if (is_here(answer)) CHECK(answer == row.answer);
}

TEST_CASE("only what was named is written") {
  Folder folder;
  ::mkdir(folder.at("mine").c_str(), 0700);
  ::mkdir(folder.at("other").c_str(), 0700);
  REQUIRE(open_to_write(folder.at("mine/old")) == 0);
  REQUIRE(open_to_write(folder.at("other/old")) == 0);
  REQUIRE(::symlink("../other/made", folder.at("mine/nowhere").c_str()) == 0);
  REQUIRE(::symlink("/dev/null", folder.at("other/null").c_str()) == 0);

  struct Row {
    const char* what;
    std::string named;
    std::function<int(const Folder&)> ask;
    int answer;
  };

  auto row = GENERATE(values<Row>(
      {{"a new file", "mine/new", [](auto& f) { return open_to_write(f.at("mine/new")); }, 0},
       {"in place of an old one", "mine/old",
        [](auto& f) {
          auto made = open_to_write(f.at("mine/.draft"));
          if (made != 0) return made;
          return error_of(::rename(f.at("mine/.draft").c_str(), f.at("mine/old").c_str()));
        },
        0},
       {"linked and removed beside it", "mine/old",
        [](auto& f) {
          auto made = ::link(f.at("mine/old").c_str(), f.at("mine/two").c_str());
          return error_of(made == 0 ? ::unlink(f.at("mine/two").c_str()) : made);
        },
        0},
       {"in a folder that was named", "mine", [](auto& f) { return open_to_write(f.at("mine/x")); },
        0},
       {"the folders to it", "mine/a/b/new",
        [](auto& f) {
          ::mkdir(f.at("mine/a").c_str(), 0700);
          ::mkdir(f.at("mine/a/b").c_str(), 0700);
          return open_to_write(f.at("mine/a/b/new"));
        },
        0},
       {"the target of a link that leads nowhere", "mine/nowhere",
        [](auto& f) { return open_to_write(f.at("mine/nowhere")); }, 0},
       {"a device through a link", "other/null",
        [](auto& f) { return open_to_write(f.at("other/null"), O_WRONLY | O_TRUNC); }, 0},
       {"what is beside that link", "other/null",
        [](auto& f) { return open_to_write(f.at("other/new")); }, EACCES},
       {"another folder", "mine/new", [](auto& f) { return open_to_write(f.at("other/new")); },
        EACCES},
       {"another folder's file", "mine/new",
        [](auto& f) { return open_to_write(f.at("other/old"), O_WRONLY); }, EACCES},
       {"removing there", "mine/new",
        [](auto& f) { return error_of(::unlink(f.at("other/old").c_str())); }, EACCES},
       {"a folder, where none was missing", "mine/new",
        [](auto& f) { return error_of(::mkdir(f.at("mine/a").c_str(), 0700)); }, EACCES},
       {"anything, where nothing is named", "",
        [](auto& f) { return open_to_write(f.at("mine/new")); }, EACCES},
       {"reading", "", [](auto& f) { return open_to_write(f.at("other/old"), O_RDONLY); }, 0}}));
  INFO(row.what);
  auto named = row.named.empty() ? row.named : folder.at(row.named);
  auto answer = after_rules({"-", named}, [&] { return row.ask(folder); });
  if (is_here(answer)) CHECK(answer == row.answer);
}

TEST_CASE("confinement") {
  SECTION("is for good") {
    auto answer = in_a_child([] {
      cli::confine({});
      return ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
    });
    CHECK(answer == 1);
  }
  SECTION("is not for those who start programs, as these would inherit it") {
    CHECK(in_a_child([] {
            cli::confine({.writes = {}, .starts_programs = true});
            return execute();
          }) == 0);
  }
  SECTION("that the kernel refuses is no failure") {
    CHECK(in_a_child([] { return refuse_confinement() ? run_program() : 0; }) == 0);
  }
}
