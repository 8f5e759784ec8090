#include "base/packed_text.hpp"

#include <algorithm>
#include <array>
#include <new>

#include <zlib.h>

#include "base/inflater.hpp"

namespace mailtrust {

class PackedText::Packer {
 public:
  Packer() {
    constexpr int kGzip = 16 + MAX_WBITS;
    constexpr int kMemory = 8;  // zlib's own default
    if (::deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) !=
        Z_OK)
      throw std::bad_alloc();
  }

  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;

  ~Packer() { ::deflateEnd(&stream_); }

  void add(std::string_view text, int flush, std::string& out) {
    // zlib does not write there; its pointer is not const for historical reasons.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      stream_.next_out = room_.data();
      stream_.avail_out = static_cast<uInt>(room_.size());
      ::deflate(&stream_, flush);
      out.append(reinterpret_cast<const char*>(room_.data()), room_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_{};
  std::array<Bytef, 64 << 10> room_{};
};

PackedText::PackedText() : packer_(std::make_unique<Packer>()) {}

PackedText::~PackedText() = default;

void PackedText::add(std::string_view text) {
  constexpr std::size_t kMost = 1U << 30;  // zlib counts in 32 bits
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), kMost)))
    packer_->add(text.substr(0, kMost), Z_NO_FLUSH, packed_);
}

void PackedText::finish() {
  packer_->add({}, Z_FINISH, packed_);
  packer_.reset();
}

void PackedText::read(const std::function<bool(std::string_view)>& sink) const {
  Inflater inflater;
  inflater.add(packed_, sink);
}

}  // namespace mailtrust
