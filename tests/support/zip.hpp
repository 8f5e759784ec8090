#pragma once
// Zips as nobody's program would write them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

namespace mailtrust::test {

struct ZipMember {
  std::string name;
  std::string content;
  bool deflated = true;
  unsigned flags = 0;           ///< 1: encrypted, 8: sizes behind the data
  int method = -1;              ///< said instead of the true one
  long long claimed_size = -1;  ///< said instead of the true one
  bool wrong_checksum = false;
};

inline void append_number(std::string& out, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
}

inline std::string deflate_raw(std::string_view text) {
  z_stream stream{};
  ::deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(::deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  ::deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

class ZipBuilder {
 public:
  void add(const ZipMember& member) {
    auto data = member.deflated ? deflate_raw(member.content) : member.content;
    auto checksum = ::crc32(0, reinterpret_cast<const Bytef*>(member.content.data()),
                            static_cast<uInt>(member.content.size()));
    if (member.wrong_checksum) checksum ^= 1;
    auto size = member.claimed_size >= 0 ? static_cast<std::uint64_t>(member.claimed_size)
                                         : member.content.size();
    std::string common;
    append_number(common, member.flags, 2);
    auto method = member.method >= 0 ? member.method : member.deflated ? 8 : 0;
    append_number(common, static_cast<std::uint64_t>(method), 2);
    append_number(common, 0x58210000, 4);  // 2024-01-01
    bool behind = (member.flags & 8U) != 0;
    std::string sizes;
    append_number(sizes, checksum, 4);
    append_number(sizes, data.size(), 4);
    append_number(sizes, size, 4);
    auto head_at = octets_.size();
    octets_ += "PK\x03\x04";
    append_number(octets_, 20, 2);
    octets_ += common + (behind ? std::string(12, '\0') : sizes);
    append_number(octets_, member.name.size(), 2);
    append_number(octets_, 0, 2);
    octets_ += member.name + data;
    if (behind) octets_ += "PK\x07\x08" + sizes;
    add_entry(member, common + sizes, head_at);
  }

  /// Another name for the member before.
  void add_again(const std::string& name) {
    directory_ += last_;
    auto at = directory_.size() - last_.size();
    directory_.replace(at + 28, 2, std::string{static_cast<char>(name.size()), '\0'});
    directory_.replace(at + 46, last_.size() - 46, name);
    ++count_;
  }

  [[nodiscard]] std::string octets() const { return octets_ + directory_ + end(); }

  [[nodiscard]] std::string without_directory() const { return octets_; }

 private:
  void add_entry(const ZipMember& member, const std::string& middle, std::size_t head_at) {
    last_ = "PK\x01\x02";
    append_number(last_, 20, 2);
    append_number(last_, 20, 2);
    last_ += middle;
    append_number(last_, member.name.size(), 2);
    last_ += std::string(12, '\0');
    append_number(last_, head_at, 4);
    last_ += member.name;
    directory_ += last_;
    ++count_;
  }

  [[nodiscard]] std::string end() const {
    std::string end("PK\x05\x06\0\0\0\0", 8);
    append_number(end, count_, 2);
    append_number(end, count_, 2);
    append_number(end, directory_.size(), 4);
    append_number(end, octets_.size(), 4);
    append_number(end, 0, 2);
    return end;
  }

  std::string octets_;
  std::string directory_;
  std::string last_;
  std::uint64_t count_ = 0;
};

inline std::string zip(const std::vector<ZipMember>& members) {
  ZipBuilder builder;
  for (const auto& member : members) builder.add(member);
  return builder.octets();
}

}  // namespace mailtrust::test
