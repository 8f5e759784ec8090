#pragma once
// SipHash-1-3: a hash for tables whose keys an enemy may choose. With a random key nobody can
// prepare keys that collide. (Aumasson, Bernstein: "SipHash: a fast short-input PRF".)

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailtrust {

class SipHash {
 public:
  /// With a random key of its own, the same for the life of this object.
  SipHash();

  SipHash(std::uint64_t key0, std::uint64_t key1) : key0_(key0), key1_(key1) {}

  [[nodiscard]] std::uint64_t operator()(std::string_view octets) const noexcept;

 private:
  std::uint64_t key0_;
  std::uint64_t key1_;
};

}  // namespace mailtrust
