#pragma once
// The "@" and "." of mail addresses as people spell them: "(at)", " AT ", "[dot]".

#include <cstddef>
#include <optional>
#include <string_view>

namespace mailtrust::registration {

/// Octets of the text, from `begin` to before `end`, blanks and brackets included.
struct SpelledSign {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_plain = false;  ///< the word alone between blanks, as in any sentence
};

/// The "@" whose sign or word stands at `i`: what is before `i` may belong to it.
std::optional<SpelledSign> spelled_at(std::string_view text, std::size_t i);

/// The "." that begins at `i`.
std::optional<SpelledSign> spelled_dot(std::string_view text, std::size_t i);

}  // namespace mailtrust::registration
