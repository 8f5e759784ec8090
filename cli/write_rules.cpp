// The rules about files (landlock(7)).
#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/confinement.hpp"

namespace mailtrust::cli {
namespace {

using Rights = std::uint64_t;

constexpr Rights kTruncate = 1U << 14;  // LANDLOCK_ACCESS_FS_TRUNCATE, newer than some headers
constexpr long kKnowsTruncate = 3;      // the version of the interface that has it

constexpr Rights kFile = LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;
constexpr Rights kFilesInFolder =
    kFile | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE;
constexpr Rights kEverything = kFilesInFolder | LANDLOCK_ACCESS_FS_MAKE_DIR |
                               LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                               LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                               LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

constexpr int kMostLinks = 8;

class Descriptor {
 public:
  explicit Descriptor(long number) : number_(static_cast<int>(number)) {}

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  [[nodiscard]] bool ok() const { return number_ >= 0; }

  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

std::string folder_of(const std::string& path) {
  auto slash = path.find_last_not_of('/');
  slash = slash == std::string::npos ? slash : path.rfind('/', slash);
  if (slash == std::string::npos) return path.starts_with('/') ? "/" : ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

class Rules {
 public:
  Rules(int ruleset, Rights known) : ruleset_(ruleset), known_(known) {}

  // A file that is there is replaced by another one made beside it. What is there and no file is
  // written as it is; through a link that leads nowhere its target is made.
  void admit(const std::string& path, int links = 0) const {
    struct stat there {};

    if (::lstat(path.c_str(), &there) != 0) return admit_new(path);
    if (S_ISREG(there.st_mode)) return add(folder_of(path), kFilesInFolder);
    if (::stat(path.c_str(), &there) == 0)
      return add(path, S_ISDIR(there.st_mode) ? kFilesInFolder : kFile);
    std::array<char, PATH_MAX> target{};
    auto size = ::readlink(path.c_str(), target.data(), target.size());
    if (size <= 0 || links == kMostLinks) return;
    std::string_view name(target.data(), static_cast<std::size_t>(size));
    admit((name.starts_with('/') ? "" : folder_of(path) + '/') + std::string(name), links + 1);
  }

 private:
  // Folders that are missing are made from the last one that is there.
  void admit_new(const std::string& path) const {
    auto folder = folder_of(path);
    auto rights = kFilesInFolder;
    while (::access(folder.c_str(), F_OK) != 0 && folder != "/" && folder != ".") {
      folder = folder_of(folder);
      rights |= LANDLOCK_ACCESS_FS_MAKE_DIR;
    }
    add(folder, rights);
  }

  // What cannot be opened here cannot be written later either.
  void add(const std::string& path, Rights rights) const {
    Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!place.ok()) return;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = rights & known_;
    rule.parent_fd = place.number();
    ::syscall(__NR_landlock_add_rule, ruleset_, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  }

  int ruleset_;
  Rights known_;
};

}  // namespace

bool refuse_writes(const std::vector<std::string>& writes) {
  auto version =
      ::syscall(__NR_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return false;
  Rights known = version < kKnowsTruncate ? kEverything & ~kTruncate : kEverything;
  landlock_ruleset_attr handled{};
  handled.handled_access_fs = known;
  Descriptor ruleset(::syscall(__NR_landlock_create_ruleset, &handled, sizeof handled, 0));
  if (!ruleset.ok()) return false;
  Rules rules(ruleset.number(), known);
  for (const auto& path : writes)
    if (!path.empty() && path != "-") rules.admit(path);
  return ::syscall(__NR_landlock_restrict_self, ruleset.number(), 0) == 0;
}

}  // namespace mailtrust::cli
