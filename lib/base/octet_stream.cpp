#include "base/octet_stream.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/descriptor.hpp"

namespace mailtrust {
namespace {

constexpr std::size_t kPacked = 256U << 10;  // octets of gzip read at once
constexpr std::array<unsigned char, 2> kGzip = {0x1f, 0x8b};

// What is wrong may be the file, or the system at this moment.
Unexpected unreadable(const std::string& path, int error) {
  bool short_of = error == EMFILE || error == ENFILE || error == ENOMEM;
  auto kind = short_of ? Error::Kind::temporary : Error::Kind::input;
  return fail(kind, path, std::string("cannot be read: ") + std::strerror(error));
}

}  // namespace

class OctetStream::Impl {
 public:
  Impl(std::string path, int descriptor, std::size_t size, Packed packed)
      : path_(std::move(path)),
        descriptor_(descriptor),
        size_(size),
        looked_(packed == Packed::keep) {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() {
    if (inflating_) ::inflateEnd(&inflate_);
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  }

  Expected<std::size_t> read(std::span<char> room) {
    if (!looked_) return read_first(room);
    if (inflating_) return inflate(room);
    if (taken_ < held_.size()) return take_held(room);
    return read_raw(room);
  }

  [[nodiscard]] std::optional<double> fraction() const {
    if (size_ == 0) return std::nullopt;
    return static_cast<double>(octets_read_) / static_cast<double>(size_);
  }

  [[nodiscard]] std::optional<std::size_t> left() const {
    if (size_ < octets_read_ || size_ == 0 || !looked_ || inflating_) return std::nullopt;
    return size_ - octets_read_ + held_.size() - taken_;
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  Expected<std::size_t> read_raw(std::span<char> room) {
    auto count = read_some(descriptor_, room);
    if (count < 0) return unreadable(path_, errno);
    octets_read_ += static_cast<std::size_t>(count);
    return static_cast<std::size_t>(count);
  }

  // Two octets tell a gzip file; a room for less than these is filled from held_.
  Expected<std::size_t> read_first(std::span<char> room) {
    looked_ = true;
    if (room.size() < kGzip.size()) held_.resize(kGzip.size());
    auto start = held_.empty() ? room : std::span(held_);
    std::size_t size = 0;
    while (size < kGzip.size()) {
      auto got = read_raw(start.subspan(size));
      if (!got) return got;
      if (*got == 0) break;
      size += *got;
    }
    if (size >= kGzip.size() && std::memcmp(start.data(), kGzip.data(), kGzip.size()) == 0) {
      if (held_.empty())
        held_.assign(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size));
      inflating_ = true;
      if (auto started = start_member(); !started) return fail(started.error());
      return inflate(room);
    }
    if (held_.empty()) return size;
    held_.resize(size);
    return take_held(room);
  }

  Expected<void> start_member() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    bool again = started_;
    started_ = true;
    auto status = again ? ::inflateReset(&inflate_) : ::inflateInit2(&inflate_, kGzipOnly);
    if (status != Z_OK) throw std::bad_alloc();
    if (!again) {
      inflate_.next_in = reinterpret_cast<Bytef*>(held_.data());
      inflate_.avail_in = static_cast<uInt>(held_.size());
    }
    return {};
  }

  std::size_t take_held(std::span<char> room) {
    auto size = std::min(room.size(), held_.size() - taken_);
    std::memcpy(room.data(), held_.data() + taken_, size);
    taken_ += size;
    return size;
  }

  Expected<bool> refill() {
    if (inflate_.avail_in > 0) return true;
    held_.resize(kPacked);
    auto got = read_raw(held_);
    if (!got) return fail(got.error());
    inflate_.next_in = reinterpret_cast<Bytef*>(held_.data());
    inflate_.avail_in = static_cast<uInt>(*got);
    return *got > 0;
  }

  Expected<std::size_t> inflate(std::span<char> room) {
    inflate_.next_out = reinterpret_cast<Bytef*>(room.data());
    inflate_.avail_out = static_cast<uInt>(std::min<std::size_t>(room.size(), 1U << 30));
    const auto asked = inflate_.avail_out;
    while (inflate_.avail_out == asked) {
      auto more = refill();
      if (!more) return fail(more.error());
      if (!*more && between_members_) return 0;
      if (!*more) return fail(Error::Kind::input, path_, "the gzip file is cut short");
      // What follows the last member and is no member is padding, as gzip(1) has it.
      if (between_members_ && *inflate_.next_in != kGzip[0]) return 0;
      if (between_members_) {
        if (auto started = start_member(); !started) return fail(started.error());
      }
      between_members_ = false;
      auto status = ::inflate(&inflate_, Z_NO_FLUSH);
      if (status == Z_MEM_ERROR) throw std::bad_alloc();
      if (status == Z_STREAM_END) {
        between_members_ = true;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        return fail(Error::Kind::input, path_, "the gzip file is damaged");
      }
    }
    return asked - inflate_.avail_out;
  }

  std::string path_;
  int descriptor_;
  std::size_t size_;  ///< of a regular file; else 0
  std::size_t octets_read_ = 0;
  bool looked_;  ///< whether it is gzip
  bool inflating_ = false;
  bool started_ = false;
  bool between_members_ = false;
  std::vector<char> held_;  ///< read before its kind was known; the packed octets afterwards
  std::size_t taken_ = 0;
  z_stream inflate_{};
};

Expected<OctetStream> OctetStream::open(const std::string& path, Packed packed) {
  int descriptor =
      path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return unreadable(path, errno);

  struct stat status {};

  bool known = ::fstat(descriptor, &status) == 0;
  auto size = known && S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
  OctetStream stream(std::make_unique<Impl>(path, descriptor, size, packed));
  if (known && S_ISDIR(status.st_mode)) return unreadable(path, EISDIR);
  return stream;
}

OctetStream::OctetStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

OctetStream::OctetStream(OctetStream&&) noexcept = default;
OctetStream& OctetStream::operator=(OctetStream&&) noexcept = default;
OctetStream::~OctetStream() = default;

Expected<std::size_t> OctetStream::read(std::span<char> room) {
  return impl_->read(room);
}

std::optional<std::size_t> OctetStream::left() const {
  return impl_->left();
}

std::optional<double> OctetStream::fraction() const {
  return impl_->fraction();
}

const std::string& OctetStream::path() const {
  return impl_->path();
}

}  // namespace mailtrust
