#pragma once
// How `list match` writes lines: as they are, with the names of their files, safe for a screen.

#include <string>
#include <string_view>
#include <vector>

#include "cli/program.hpp"
#include "list/log_reader.hpp"
#include "list/matcher.hpp"

namespace mailtrust::commands {

class LineWriter {
 public:
  struct Style {
    bool named = false;  ///< the name of the file and a colon before each line
    bool safe = false;   ///< escaped (but for tabs), as on a screen
  };

  LineWriter(const std::vector<std::string>& files, Style style, cli::Output& output)
      : files_(files), style_(style), output_(output) {}

  /// What was selected of the pieces, in order. A line feed is added only where the last line of a
  /// file has none and another line follows, and behind a part of a line whose next part is not
  /// selected.
  void write(const list::LogPiece& piece, const list::Selected& selected);

 private:
  void end_line();
  [[nodiscard]] std::string dressed(std::string_view lines, const std::string& file,
                                    bool goes_on) const;

  const std::vector<std::string>& files_;
  Style style_;
  cli::Output& output_;
  bool open_ = false;  // what was written last has no line feed yet
};

}  // namespace mailtrust::commands
