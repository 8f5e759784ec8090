#include "list/marks.hpp"

#include "base/ascii.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace mailtrust::list {
namespace {

constexpr std::size_t kWord = 64;

void mark_portable(const char* text, std::size_t stride, std::span<Marks> marks) {
  for (auto& word : marks) {
    word = {};
    for (std::size_t i = 0; i < kWord; ++i) {
      word.digits |= std::uint64_t{ascii::is_digit(text[i])} << i;
      word.dots |= std::uint64_t{text[i] == '.'} << i;
      word.colons |= std::uint64_t{text[i] == ':'} << i;
    }
    text += stride;
  }
}

#if defined(__x86_64__)

std::uint64_t bits_of(__m128i mask) {
  return static_cast<std::uint32_t>(_mm_movemask_epi8(mask));
}

void mark_sse2(const char* text, std::size_t stride, std::span<Marks> marks) {
  const auto zero = _mm_set1_epi8('0');
  const auto nine = _mm_set1_epi8(9);
  const auto dot = _mm_set1_epi8('.');
  const auto colon = _mm_set1_epi8(':');
  for (auto& word : marks) {
    word = {};
    for (unsigned at = 0; at < kWord; at += 16) {
      auto octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
      auto number = _mm_sub_epi8(octets, zero);  // above nine, unsigned, when it is no digit
      word.digits |= bits_of(_mm_cmpeq_epi8(_mm_min_epu8(number, nine), number)) << at;
      word.dots |= bits_of(_mm_cmpeq_epi8(octets, dot)) << at;
      word.colons |= bits_of(_mm_cmpeq_epi8(octets, colon)) << at;
    }
    text += stride;
  }
}

__attribute__((target("avx2"))) inline std::uint64_t bits_of(__m256i mask) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(mask));
}

__attribute__((target("avx2"))) void mark_avx2(const char* text, std::size_t stride,
                                               std::span<Marks> marks) {
  const auto zero = _mm256_set1_epi8('0');
  const auto nine = _mm256_set1_epi8(9);
  const auto dot = _mm256_set1_epi8('.');
  const auto colon = _mm256_set1_epi8(':');
  for (auto& word : marks) {
    word = {};
    for (unsigned at = 0; at < kWord; at += 32) {
      auto octets = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + at));
      auto number = _mm256_sub_epi8(octets, zero);
      word.digits |= bits_of(_mm256_cmpeq_epi8(_mm256_min_epu8(number, nine), number)) << at;
      word.dots |= bits_of(_mm256_cmpeq_epi8(octets, dot)) << at;
      word.colons |= bits_of(_mm256_cmpeq_epi8(octets, colon)) << at;
    }
    text += stride;
  }
}

#endif

}  // namespace

bool is_available(Engine engine) {
#if defined(__x86_64__)
  return engine != Engine::avx2 || __builtin_cpu_supports("avx2") != 0;
#else
  return engine == Engine::portable;
#endif
}

Engine best_engine() {
  static const Engine best = is_available(Engine::avx2)   ? Engine::avx2
                             : is_available(Engine::sse2) ? Engine::sse2
                                                          : Engine::portable;
  return best;
}

void mark(const char* text, std::size_t stride, std::span<Marks> marks, Engine engine) {
#if defined(__x86_64__)
  if (engine == Engine::avx2) return mark_avx2(text, stride, marks);
  if (engine == Engine::sse2) return mark_sse2(text, stride, marks);
#endif
  static_cast<void>(engine);
  mark_portable(text, stride, marks);
}

}  // namespace mailtrust::list
