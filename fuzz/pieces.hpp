#pragma once
// One input cut into pieces, for readers that must not care where the cuts are. Where they are
// follows from the octets themselves, so that an input behaves the same each time.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "message/octets.hpp"

namespace mailtrust::fuzz {

/// FNV-1a.
inline std::uint32_t hash_of(std::string_view octets) {
  std::uint32_t hash = 2166136261U;
  for (char octet : octets) hash = (hash ^ static_cast<unsigned char>(octet)) * 16777619U;
  return hash;
}

/// One input of `many`: for checks that cost more than what they check.
inline bool is_one_of(std::uint32_t many, std::string_view octets) {
  return hash_of(octets) % many == 0;
}

/// Mostly a few octets, now and then many.
class Pieces {
 public:
  explicit Pieces(std::string_view octets) : rest_(octets), state_(hash_of(octets) | 1U) {}

  /// At most `most` octets; empty at the end only.
  std::string_view next(std::size_t most = SIZE_MAX) {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 17U;
    state_ ^= state_ << 5U;
    std::size_t size = 1 + (state_ >> 8U) % ((state_ & 3U) != 0 ? 9 : 200);
    auto piece = rest_.substr(0, std::min(size, most));
    rest_.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::string_view rest_;
  std::uint32_t state_;
};

/// A message that comes in pieces.
class PiecedOctets : public message::Octets {
 public:
  explicit PiecedOctets(std::string_view octets) : pieces_(octets) {}

  Expected<std::size_t> read(std::span<char> room) override {
    auto piece = pieces_.next(room.size());
    std::ranges::copy(piece, room.begin());
    return piece.size();
  }

 private:
  Pieces pieces_;
};

}  // namespace mailtrust::fuzz
