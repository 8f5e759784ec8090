#pragma once
// Digits, dots and colons of a text as bits, 64 octets a word: the part of finding addresses that
// looks at every octet, and so is done by the widest instructions the machine has.

#include <cstddef>
#include <cstdint>
#include <span>

namespace mailtrust::list {

/// Bit i stands for octet i of 64.
struct Marks {
  std::uint64_t digits = 0;
  std::uint64_t dots = 0;
  std::uint64_t colons = 0;

  friend bool operator==(const Marks&, const Marks&) = default;
};

/// The instructions to use; all give the same bits.
enum class Engine : std::uint8_t { portable, sse2, avx2 };

/// Does this machine have them?
bool is_available(Engine engine);

/// The quickest one available; found out once.
Engine best_engine();

/// Each element of `marks` is made from 64 octets, the first from those at `text`, every other
/// `stride` octets behind the one before.
void mark(const char* text, std::size_t stride, std::span<Marks> marks, Engine engine);

}  // namespace mailtrust::list
