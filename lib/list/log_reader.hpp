#pragma once
// Logs in pieces of whole lines, made for several threads: each takes a piece, works on it, and
// hands out what came of it when it is its turn.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/octet_stream.hpp"

namespace mailtrust::list {

/// Octets of a piece at most; longer lines come in several.
inline constexpr std::size_t kLogPiece = 1U << 20;

struct LogPiece {
  std::vector<char> buffer = {};
  std::size_t size = 0;
  std::size_t file = 0;             ///< which of the paths, from 0
  std::size_t first_line = 1;       ///< its number in the file, when lines are counted
  bool within_line = false;         ///< does it go on with the line of the piece before?
  std::optional<Error> error = {};  ///< the file cannot be read, or not on behind the text

  [[nodiscard]] std::string_view text() const { return {buffer.data(), size}; }
};

class LogReader {
 public:
  /// `-` is standard input.
  LogReader(std::vector<std::string> paths, bool counts_lines)
      : paths_(std::move(paths)), counts_lines_(counts_lines) {}

  /// False when all is read. A piece holds whole lines as far as the limit allows, of one file; it
  /// waits for no more than one line. One thread at a time.
  bool next(LogPiece& piece);

  /// The share of all files, where it can be known.
  [[nodiscard]] std::optional<double> fraction() const;

  [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }

 private:
  bool open(LogPiece& piece);
  bool fill(LogPiece& piece);
  void cut(LogPiece& piece);
  void close();

  std::vector<std::string> paths_;
  bool counts_lines_;
  std::size_t file_ = 0;  ///< the one that is open, or comes next
  std::optional<OctetStream> stream_;
  std::string rest_;  ///< read, and part of the next piece
  std::size_t line_ = 1;
  bool within_line_ = false;
  bool ended_ = false;
};

}  // namespace mailtrust::list
