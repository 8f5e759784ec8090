#pragma once
// Numbers in few octets: seven bits each, the lowest first, the top bit set where more follow.

#include <cstdint>
#include <string>
#include <string_view>

namespace mailtrust::list {

inline void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

class VarintReader {
 public:
  explicit VarintReader(std::string_view octets) : octets_(octets) {}

  /// 0 where there is none; then good() is false.
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !octets_.empty(); shift += 7) {
      auto octet = static_cast<std::uint8_t>(octets_[0]);
      octets_.remove_prefix(1);
      value |= std::uint64_t{octet & 0x7fU} << shift;
      if (octet < 0x80) return value;
    }
    good_ = false;
    return 0;
  }

  /// As many octets; fewer when there are no more, and good() is false.
  std::string_view take(std::size_t size) {
    good_ = good_ && size <= octets_.size();
    auto taken = octets_.substr(0, size);
    octets_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view rest() { return take(octets_.size()); }

  [[nodiscard]] bool good() const { return good_; }

 private:
  std::string_view octets_;
  bool good_ = true;
};

}  // namespace mailtrust::list
