#pragma once
// gzip for tests of web servers, bombs included. RFC 1952.

#include <stdexcept>
#include <string>
#include <string_view>

#include <zlib.h>

namespace mailtrust::test {

class Deflater {
 public:
  Deflater() {
    constexpr int kGzip = 15 + 16;
    if (::deflateInit2(&stream_, 9, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::runtime_error("deflateInit2");
  }

  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  ~Deflater() { ::deflateEnd(&stream_); }

  std::string add(std::string text, int flush) {
    std::string out(text.size() + 1024, '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(text.data());
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    ::deflate(&stream_, flush);
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  z_stream stream_{};
};

inline std::string gzip(std::string_view text) {
  return Deflater().add(std::string(text), Z_FINISH);
}

/// Inflates to 1 GiB of zeros: one block of 1 MiB that needs none before it, again and again.
inline std::string gzip_bomb() {
  std::string zeros(1 << 20, '\0');
  Deflater deflater;
  auto out = deflater.add(zeros, Z_FULL_FLUSH);
  auto block = deflater.add(zeros, Z_FULL_FLUSH);
  for (int i = 1; i < 1024; ++i) out += block;
  return out + deflater.add({}, Z_FINISH);
}

}  // namespace mailtrust::test
