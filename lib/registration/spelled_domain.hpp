#pragma once
// The domain of a mail address in running text.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailtrust::registration {

struct SpelledDomain {
  std::string name;     ///< with plain dots, letters as written
  std::size_t end = 0;  ///< where it ends in the text
};

/// The domain that begins at `begin`: two labels or more, U-labels allowed, the last one letters
/// only. What only follows it is left off: full stops, the next sentence, words of a script without
/// blanks.
std::optional<SpelledDomain> spelled_domain(std::string_view text, std::size_t begin);

}  // namespace mailtrust::registration
