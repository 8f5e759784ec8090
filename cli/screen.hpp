#pragma once
// What the reader of the text sees it on.

#include <cstddef>

#include "cli/context.hpp"

namespace mailtrust::cli {

/// Narrower screens are treated as this wide.
inline constexpr std::size_t kLeastWidth = 40;

struct Screen {
  std::size_t width = 80;  ///< columns
  bool color = false;
  bool unicode = false;  ///< may lines and marks be other than ASCII?
  bool verbose = false;
  bool terminal = false;
};

/// Width from COLUMNS or the terminal, 80 when there is none; colour by --color, NO_COLOR (any
/// non-empty value: none) and TERM; unicode when LC_ALL, LC_CTYPE or LANG, the first that is set,
/// names UTF-8.
Screen look_at(int descriptor, const Globals& globals);

}  // namespace mailtrust::cli
