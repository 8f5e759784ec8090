#pragma once
// What a fuzz target is: a function of octets that must come back, whatever they are. It checks
// what it gets (parse(print(x)) == x, a second way to the same answer, bounds) by require().
//
//   MAILTRUST_FUZZ(tag_list, octets) { ... }
//
// With libFuzzer it becomes that program's entry; elsewhere a function that fuzz/replay.cpp calls
// for each file of fuzz/corpus/NAME/.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace mailtrust::fuzz {

/// Ends the program, so that the input is kept, unless `holds`.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

/// Takes what decides how an input is read off its front: the next octet, 0 when none is left.
inline std::uint8_t take(std::string_view& octets) {
  if (octets.empty()) return 0;
  auto first = static_cast<std::uint8_t>(octets.front());
  octets.remove_prefix(1);
  return first;
}

/// The part up to `end`, which is taken too, or all that is left.
inline std::string_view take_until(std::string_view& octets, char end) {
  auto length = octets.find(end);
  auto part = octets.substr(0, length);
  octets.remove_prefix(length == std::string_view::npos ? octets.size() : length + 1);
  return part;
}

}  // namespace mailtrust::fuzz

#ifdef MAILTRUST_LIBFUZZER
// What is freed is kept for a while to see who still uses it; a whole quarantine of it makes every
// run of a small input take fresh pages.
#define MAILTRUST_FUZZ_ENTRY(name)                                                   \
  extern "C" const char* __asan_default_options();                                   \
  const char* __asan_default_options() {                                             \
    return "quarantine_size_mb=4:malloc_context_size=3";                             \
  }                                                                                  \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size); \
  int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {           \
    mailtrust::fuzz::targets::name({reinterpret_cast<const char*>(data), size});     \
    return 0;                                                                        \
  }
#else
#define MAILTRUST_FUZZ_ENTRY(name)
#endif

#define MAILTRUST_FUZZ(name, octets)   \
  namespace mailtrust::fuzz::targets { \
  void name(std::string_view octets);  \
  }                                    \
  MAILTRUST_FUZZ_ENTRY(name)           \
  void mailtrust::fuzz::targets::name(std::string_view octets)
