#include "base/inflater.hpp"

#include <array>
#include <new>

#include <zlib.h>

namespace mailtrust {

class Inflater::Impl {
 public:
  Impl() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (::inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() { ::inflateEnd(&stream_); }

  Outcome add(std::string_view packed, const Sink& sink) {
    // zlib does not write there; its pointer is not const for historical reasons.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    bool is_full = false;
    while (stream_.avail_in > 0 || is_full) {
      stream_.next_out = room_.data();
      stream_.avail_out = static_cast<uInt>(room_.size());
      if (is_complete_) ::inflateReset(&stream_);
      auto status = ::inflate(&stream_, Z_NO_FLUSH);
      if (status == Z_MEM_ERROR) throw std::bad_alloc();
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
        return sink(come_out()) ? Outcome::damaged : Outcome::stopped;
      is_complete_ = status == Z_STREAM_END;
      is_full = stream_.avail_out == 0 && !is_complete_;
      if (!sink(come_out())) return Outcome::stopped;
    }
    return Outcome::good;
  }

  [[nodiscard]] bool is_complete() const { return is_complete_; }

 private:
  [[nodiscard]] std::string_view come_out() const {
    return {reinterpret_cast<const char*>(room_.data()), room_.size() - stream_.avail_out};
  }

  z_stream stream_{};
  bool is_complete_ = true;
  std::array<Bytef, 64 << 10> room_{};
};

Inflater::Inflater() : impl_(std::make_unique<Impl>()) {}

Inflater::~Inflater() = default;

Inflater::Outcome Inflater::add(std::string_view packed, const Sink& sink) {
  return impl_->add(packed, sink);
}

bool Inflater::is_complete() const {
  return impl_->is_complete();
}

}  // namespace mailtrust
