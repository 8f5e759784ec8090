#include "base/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <span>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "base/octet_stream.hpp"

namespace mailtrust {
namespace {

Error unwritable(const std::string& path) {
  return {Error::Kind::temporary, path, std::string("cannot be written: ") + std::strerror(errno)};
}

constexpr mode_t kPrivate = 0600;

// A descriptor and, until it is kept, the temporary file behind it.
class Output {
 public:
  explicit Output(int descriptor, std::string&& temporary = {})
      : descriptor_(descriptor), temporary_(std::move(temporary)) {}

  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  ~Output() {
    int error = errno;
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    errno = error;
  }

  [[nodiscard]] bool ok() const { return descriptor_ >= 0; }

  bool write(std::string_view octets) { return write_all(descriptor_, octets); }

  // Some file systems tell of a full disk only here.
  bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

  bool make_private() { return ::fchmod(descriptor_, kPrivate) == 0; }

  // Without its group the other file's mode would admit the wrong people.
  bool make_like(const struct stat& other) {
    bool same_group = ::fchown(descriptor_, static_cast<uid_t>(-1), other.st_gid) == 0;
    auto mode = other.st_mode & (same_group ? 0777U : 0707U);
    static_cast<void>(!::fchown(descriptor_, other.st_uid, static_cast<gid_t>(-1)));
    return ::fchmod(descriptor_, mode | kPrivate) == 0;
  }

  void keep() { temporary_.clear(); }

  bool sync() { return ::fsync(descriptor_) == 0; }

  bool rename(const std::string& path) {
    if (std::rename(temporary_.c_str(), path.c_str()) != 0) return false;
    keep();
    return true;
  }

 private:
  int descriptor_;
  std::string temporary_;
};

bool write_in_place(const std::string& path, std::string_view octets) {
  Output output(
      ::open(path.c_str(), O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC | O_NOCTTY, kPrivate));
  return output.ok() && output.write(octets) && output.close();
}

// So that the new name survives a loss of power. Not every file system can; the file is whole
// either way.
void flush_folder(const std::string& folder) {
  const char* path = folder.empty() ? "." : folder.c_str();
  Output handle(::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.ok()) static_cast<void>(handle.sync());
}

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/') + 1);
}

bool create(const std::string& path, std::string_view octets) {
  auto folder = folder_of(path);
  auto made = path;  // once the file is there nothing may throw that leaves it behind
  int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPrivate);
  if (descriptor < 0) return false;
  Output output(descriptor, std::move(made));
  if (!output.make_private() || !output.write(octets) || !output.sync() || !output.close())
    return false;
  output.keep();
  flush_folder(folder);
  return true;
}

bool replace(const std::string& path, std::string_view octets, const struct stat* like) {
  auto folder = folder_of(path);
  auto temporary = folder + ".mailtrust-XXXXXX";
  int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);  // O_EXCL: follows no link
  if (descriptor < 0) return false;
  Output output(descriptor, std::move(temporary));
  if (!output.make_private() || !output.write(octets) || (like && !output.make_like(*like)) ||
      !output.sync() || !output.close() || !output.rename(path))
    return false;
  flush_folder(folder);
  return true;
}

}  // namespace

std::optional<Error> write_file_atomically(const std::string& path, std::string_view octets,
                                           FileAccess access) {
  struct stat there {};

  bool exists = ::lstat(path.c_str(), &there) == 0;
  bool in_place = exists && !S_ISREG(there.st_mode);
  const auto* like = exists && access == FileAccess::kept ? &there : nullptr;
  if (in_place ? write_in_place(path, octets) : replace(path, octets, like)) return std::nullopt;
  return unwritable(path);
}

std::optional<Error> create_file(const std::string& path, std::string_view octets) {
  if (create(path, octets)) return std::nullopt;
  if (errno == EEXIST)
    return Error{Error::Kind::input, path, "is there already; expected the name of a new file"};
  return unwritable(path);
}

Expected<std::string> read_file(const std::string& path, std::size_t limit) {
  constexpr std::size_t kStep = 64U << 10;
  auto file = OctetStream::open(path, Packed::keep);
  if (!file) return fail(file.error());
  std::string text;
  while (text.size() <= limit) {
    auto size = text.size();
    text.resize(size + std::min(std::max(kStep, size), limit + 1 - size));
    auto got = file->read(std::span(text).subspan(size));
    if (!got) return fail(got.error());
    text.resize(size + *got);
    if (*got == 0) return text;
  }
  return fail(Error::Kind::input, path,
              "larger than the limit of " + std::to_string(limit) + " octets");
}

}  // namespace mailtrust
