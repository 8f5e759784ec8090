#pragma once
// The inner loop of both canonicalizations: copying what stays as it is.

#include <bit>
#include <cstddef>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "dkim/signature.hpp"

namespace mailtrust::dkim {

/// Copies octets to `to`, which has room for all, up to the first that is not certain to stay: CR
/// and LF; in relaxed form also TAB, and a space that white space, a line end or the end follows.
/// How many were copied. Neither CR nor LF, nor in relaxed form white space, may come first.
template <Canonicalization form>
inline std::size_t copy_text(const char* from, std::size_t size, char* to) {
  constexpr bool relaxed = form == Canonicalization::relaxed;
  std::size_t i = 0;
#if defined(__SSE2__)
  constexpr std::size_t kBlock = 16;
  auto marked = [](__m128i octets, char c) { return _mm_cmpeq_epi8(octets, _mm_set1_epi8(c)); };
  auto bits = [](__m128i marks) { return static_cast<unsigned>(_mm_movemask_epi8(marks)); };
  while (size - i >= kBlock) {
    auto octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), octets);
    auto stops = _mm_or_si128(marked(octets, '\r'), marked(octets, '\n'));
    if (relaxed) stops = _mm_or_si128(stops, marked(octets, '\t'));
    auto stop = bits(stops);
    auto space = relaxed ? bits(marked(octets, ' ')) : 0U;
    stop |= space & (stop | space) >> 1;
    if (stop != 0) return i + static_cast<std::size_t>(std::countr_zero(stop));
    // A space in the last place is looked at again, with what follows it.
    i += kBlock - (space >> (kBlock - 1));
  }
#endif
  auto is_stop = [](char c) { return c == '\r' || c == '\n' || (relaxed && c == '\t'); };
  for (; i < size && !is_stop(from[i]); ++i) {
    bool space = relaxed && from[i] == ' ';
    if (space && (i + 1 == size || from[i + 1] == ' ' || is_stop(from[i + 1]))) break;
    to[i] = from[i];
  }
  return i;
}

}  // namespace mailtrust::dkim
