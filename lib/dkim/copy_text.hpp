#pragma once
// The inner loop of both canonicalizations: copying what stays as it is.

#include <bit>
#include <cstddef>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "dkim/signature.hpp"

namespace mailtrust::dkim {

/// What copy_text() took, and what it made of it.
struct Copied {
  std::size_t taken = 0;
  std::size_t written = 0;
  std::size_t line_ends = 0;  ///< of them LF alone: as many as more was written than taken
};

/// Copies octets to `to`, which has room for twice as many, up to the first that is not certain to
/// stay as it is. Line ends (CRLF, or LF written as CRLF) are taken along where a line with text
/// follows. It ends at a lone CR, at line ends that may be among the last, in relaxed form also at
/// TAB and at a space that white space, a line end or the end follows. `from` continues a line that
/// has text.
template <Canonicalization form>
class TextCopy {
 public:
  TextCopy(const char* from, std::size_t size, char* to) : from_(from), size_(size), to_(to) {}

  Copied run() {
    do {
      line();
    } while (line_end());
    return {i_, o_, line_ends_};
  }

  /// The same up to the first line end; `to` needs no more room than there are octets.
  std::size_t run_line() {
    line();
    return i_;
  }

 private:
  static constexpr bool relaxed = form == Canonicalization::relaxed;

  static bool is_stop(char c) { return c == '\r' || c == '\n' || (relaxed && c == '\t'); }

  // Up to the first octet that needs a decision. On copies of the members: octets written may be
  // anybody's, so members would be read again after each block.
  void line() {
    const char* from = from_ + i_;
    const char* const end = from_ + size_;
    char* to = to_ + o_;
#if defined(__SSE2__)
    constexpr std::ptrdiff_t kBlock = 16;
    while (end - from >= kBlock) {
      auto octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(to), octets);
      auto stops = _mm_or_si128(marked(octets, '\r'), marked(octets, '\n'));
      if (relaxed) stops = _mm_or_si128(stops, marked(octets, '\t'));
      auto stop = bits(stops);
      auto space = relaxed ? bits(marked(octets, ' ')) : 0U;
      stop |= space & (stop | space) >> 1;
      if (stop != 0) return advance(from + std::countr_zero(stop));
      // A space in the last place is looked at again, with what follows it.
      auto sure = kBlock - static_cast<std::ptrdiff_t>(space >> (kBlock - 1));
      from += sure;
      to += sure;
    }
#endif
    for (; from < end && !is_stop(*from); *to++ = *from++) {
      bool space = relaxed && *from == ' ';
      if (space && (from + 1 == end || from[1] == ' ' || is_stop(from[1]))) break;
    }
    advance(from);
  }

  // Takes a line end that text follows, with the first octet of that.
  bool line_end() {
    std::size_t length = i_ < size_ && from_[i_] == '\r' ? 2 : 1;
    if (size_ - i_ <= length || from_[i_ + length - 1] != '\n') return false;
    char next = from_[i_ + length];
    if (is_stop(next) || (relaxed && next == ' ')) return false;
    to_[o_] = '\r';
    to_[o_ + 1] = '\n';
    to_[o_ + 2] = next;
    i_ += length + 1;
    o_ += 3;
    ++line_ends_;
    return true;
  }

  void advance(const char* to) {
    auto count = static_cast<std::size_t>(to - from_) - i_;
    i_ += count;
    o_ += count;
  }

#if defined(__SSE2__)
  static __m128i marked(__m128i octets, char c) {
    return _mm_cmpeq_epi8(octets, _mm_set1_epi8(c));
  }

  static unsigned bits(__m128i marks) {
    return static_cast<unsigned>(_mm_movemask_epi8(marks));
  }
#endif

  const char* from_;
  std::size_t size_;
  char* to_;
  std::size_t i_ = 0;
  std::size_t o_ = 0;
  std::size_t line_ends_ = 0;
};

}  // namespace mailtrust::dkim
