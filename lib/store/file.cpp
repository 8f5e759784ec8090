#include "store/file.hpp"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mailtrust::store {
namespace {

constexpr const char* kDescriptors = "/proc/self/fd";

Unexpected cannot(const std::string& path, std::string_view what) {
  return fail(Error::Kind::temporary, path,
              "cannot be " + std::string(what) + ": " + std::strerror(errno));
}

Unexpected refused(const std::string& path, std::string message) {
  return fail(Error::Kind::input, path, std::move(message));
}

// The store of the system is read by its group: mail servers and monitoring.
bool is_of_system(const std::string& path) {
  return path.starts_with("/var/lib/mailtrust/") || path == "/var/lib/mailtrust";
}

// A file under construction: without a name of its own until it is whole, so that nothing is left
// of it whatever happens.
class Draft {
 public:
  explicit Draft(const std::string& folder) {
    // A name is given to it by way of /proc.
    if (::access(kDescriptors, X_OK) == 0)
      descriptor_ = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return;
    // File systems that cannot do that.
    name_ = folder + "/.mailtrust-XXXXXX";
    descriptor_ = ::mkostemp(name_.data(), O_CLOEXEC);
  }

  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  ~Draft() {
    if (descriptor_ < 0) return;
    int error = errno;
    ::close(descriptor_);
    if (!name_.empty()) ::unlink(name_.c_str());
    errno = error;
  }

  bool fill(std::string_view octets, mode_t mode) {
    if (descriptor_ < 0 || ::fchmod(descriptor_, mode) != 0) return false;
    while (!octets.empty()) {
      auto written = ::write(descriptor_, octets.data(), octets.size());
      if (written < 0 && errno != EINTR) return false;
      if (written > 0) octets.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor_) == 0;
  }

  bool publish(const std::string& path) {
    if (name_.empty()) return name_first(path) || errno == EEXIST;
    if (::link(name_.c_str(), path.c_str()) == 0 || errno == EEXIST) return true;
    // File systems without hard links.
    return ::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0 ||
           errno == EEXIST;
  }

 private:
  bool name_first(const std::string& path) {
    auto self = std::string(kDescriptors) + '/' + std::to_string(descriptor_);
    return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0;
  }

  std::string name_;
  int descriptor_ = -1;
};

// So that the new name in it survives a loss of power. Not every file system can.
void flush_folder(const std::string& folder) {
  int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

std::string folder_of(const std::string& path) {
  auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Expected<Presence> look_for(const std::string& path) {
  struct stat found {};

  if (::lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return Presence::missing;
    return cannot(path, "opened");
  }
  if (S_ISLNK(found.st_mode))
    return refused(path, "is a symbolic link, which a store may not be: name the file itself");
  if (!S_ISREG(found.st_mode)) return refused(path, "is not a file: expected a store");
  if (found.st_size == 0)
    return refused(path, "is empty, and no store: left as it is; remove it to begin a new one");
  return Presence::there;
}

Expected<std::string> resolved(const std::string& path) {
  std::array<char, PATH_MAX> buffer{};
  if (::realpath(folder_of(path).c_str(), buffer.data()) == nullptr) {
    if (errno == ENOENT) return path;
    return cannot(path, "opened");
  }
  std::string folder = buffer.data();
  return (folder == "/" ? "" : folder) + '/' + path.substr(path.rfind('/') + 1);
}

Expected<void> make_folder(const std::string& path) {
  auto folder = folder_of(path);

  struct stat found {};

  if (::stat(folder.c_str(), &found) == 0) return {};
  if (auto made = make_folder(folder); !made) return made;
  mode_t mode = is_of_system(folder) ? 0750 : 0700;
  if (::mkdir(folder.c_str(), mode) == 0) {
    if (::chmod(folder.c_str(), mode) != 0) return cannot(folder, "made private");
    flush_folder(folder_of(folder));
    return {};
  }
  if (errno == EEXIST) return {};
  return cannot(folder, "made");
}

Expected<void> make_file(const std::string& path, std::string_view octets) {
  auto folder = folder_of(path);
  Draft draft(folder);
  mode_t mode = is_of_system(path) ? 0640 : 0600;
  if (!draft.fill(octets, mode) || !draft.publish(path)) return cannot(path, "made");
  flush_folder(folder);
  return {};
}

bool has_log(const std::string& path) {
  struct stat found {};

  return ::stat((path + "-wal").c_str(), &found) == 0 && found.st_size > 0;
}

bool is_writable(const std::string& path) {
  return ::access(path.c_str(), W_OK) == 0 && ::access(folder_of(path).c_str(), W_OK) == 0;
}

}  // namespace mailtrust::store
