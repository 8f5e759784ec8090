#include "list/import_part.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace mailtrust::list {
namespace {

constexpr std::size_t kPiece = 256U << 10;

int nameless_file(const std::string& folder) {
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) return descriptor;
  // File systems that cannot do that.
  auto name = folder + "/.mailtrust-XXXXXX";
  descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

}  // namespace

ImportPart::ImportPart(std::string folder, int descriptor)
    : folder_(std::move(folder)), descriptor_(descriptor) {}

ImportPart::ImportPart(ImportPart&& other) noexcept
    : folder_(std::move(other.folder_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)),
      begin_(other.begin_),
      ended_(other.ended_) {}

ImportPart::~ImportPart() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Unexpected ImportPart::failed() const {
  return fail(Error::Kind::temporary, folder_,
              std::string("cannot hold the lines of a large import: ") + std::strerror(errno) +
                  "; nothing was changed");
}

Expected<ImportPart> ImportPart::make(const std::string& folder) {
  ImportPart part(folder, nameless_file(folder));
  if (part.descriptor_ < 0) return part.failed();
  return part;
}

Expected<void> ImportPart::append(std::string_view octets) {
  buffer_ += octets;
  return buffer_.size() < kPiece ? Expected<void>{} : flush();
}

Expected<void> ImportPart::flush() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    auto written = ::write(descriptor_, left.data(), left.size());
    if (written < 0 && errno != EINTR) return failed();
    if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

Expected<void> ImportPart::rewind() {
  if (auto flushed = flush(); !flushed) return flushed;
  buffer_.shrink_to_fit();
  if (::lseek(descriptor_, 0, SEEK_SET) != 0) return failed();
  return {};
}

Expected<std::string_view> ImportPart::peek(std::size_t size) {
  while (!ended_ && buffer_.size() - begin_ < size) {
    buffer_.erase(0, begin_);
    begin_ = 0;
    auto old = buffer_.size();
    buffer_.resize(old + std::max(size, kPiece));
    auto got = ::read(descriptor_, buffer_.data() + old, buffer_.size() - old);
    auto interrupted = got < 0 && errno == EINTR;
    buffer_.resize(old + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && !interrupted) return failed();
    ended_ = got == 0;
  }
  return std::string_view(buffer_).substr(begin_);
}

}  // namespace mailtrust::list
