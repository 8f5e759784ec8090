#include "base/sip_hash.hpp"

#include <array>
#include <atomic>
#include <bit>
#include <random>

#include <sys/random.h>

namespace mailtrust {
namespace {

using Key = std::array<std::uint64_t, 2>;

Key random_key() {
  Key key{};
  if (::getrandom(key.data(), sizeof(key), 0) == sizeof(key)) return key;
  std::random_device device;
  for (auto& word : key) word = static_cast<std::uint64_t>(device()) << 32 | device();
  return key;
}

// A random device can take a tenth of a millisecond: it is asked once, and the keys of all tables
// come from it by the function itself, which is a pseudo-random one.
std::uint64_t next_word() {
  static const auto kKey = random_key();
  static std::atomic<std::uint64_t> drawn{0};
  auto number = std::bit_cast<std::array<char, 8>>(drawn.fetch_add(1, std::memory_order_relaxed));
  return SipHash(kKey[0], kKey[1])({number.data(), number.size()});
}

std::uint64_t little_endian(std::string_view octets) {
  std::uint64_t word = 0;
  for (std::size_t i = octets.size(); i-- > 0;)
    word = word << 8 | static_cast<unsigned char>(octets[i]);
  return word;
}

struct State {
  std::uint64_t v0, v1, v2, v3;

  void round() {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }

  void add(std::uint64_t word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }
};

}  // namespace

SipHash::SipHash() : key0_(next_word()), key1_(next_word()) {}

std::uint64_t SipHash::operator()(std::string_view octets) const noexcept {
  State state{key0_ ^ 0x736f6d6570736575, key1_ ^ 0x646f72616e646f6d, key0_ ^ 0x6c7967656e657261,
              key1_ ^ 0x7465646279746573};
  const auto size = octets.size();
  for (; octets.size() >= 8; octets.remove_prefix(8)) state.add(little_endian(octets.substr(0, 8)));
  state.add(static_cast<std::uint64_t>(size) << 56 | little_endian(octets));
  state.v2 ^= 0xff;
  for (int i = 0; i < 3; ++i) state.round();
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

}  // namespace mailtrust
