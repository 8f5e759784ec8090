#pragma once
// Inputs that are words: those of the command line, then the lines of --input. A word may stand for
// several.

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "cli/source.hpp"

namespace mailtrust::cli {

/// Blank lines and lines that begin with `#` are left out, spaces at the ends of a line and a
/// byte order mark too. A line over limits::kInputLine octets is an Item with an error, and so is a
/// read that fails, which ends the inputs. Memory does not grow with the file.
class WordSource : public Source {
 public:
  WordSource(std::vector<std::string> words, std::string file, Expand expand = {});
  ~WordSource() override;

  /// Opens the file, if there is one; `-` is standard input.
  Expected<void> open() override;

  std::optional<Item> next() override;

  [[nodiscard]] std::optional<double> fraction() const override;

 private:
  struct Line {
    std::string text;
    bool too_long = false;
  };

  /// A word in the course of being expanded.
  struct Series {
    Expansion expansion;
    Input word;
    std::size_t next = 0;
  };

  std::optional<Item> next_of_series();
  std::optional<Item> next_word();
  std::optional<Item> next_line();
  std::optional<Line> read_line();
  bool fill();

  std::vector<std::string> words_;
  std::string file_;
  Expand expand_;
  std::optional<Series> series_;
  int descriptor_ = -1;
  std::atomic<std::size_t> words_taken_{0};
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::string failure_;  ///< why it cannot be read on; empty where it can
  bool ended_ = false;
  std::atomic<std::size_t> octets_read_{0};
  std::size_t size_ = 0;  ///< of a regular file; 0 when it is none
};

}  // namespace mailtrust::cli
