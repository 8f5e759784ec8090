#pragma once
// Warnings about lines, in whatever order they are found: the first of each kind are kept, all are
// counted.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "list/line.hpp"

namespace mailtrust::list {

/// What is said about one line.
struct Note {
  std::size_t line = 0;
  std::size_t column = 0;  ///< from 1; 0 where it is about the whole line
  Code code = Code::none;
  std::string message;
};

/// Notes of one code that are kept: those of the first lines.
inline constexpr std::size_t kMostNotes = 1000;

class Notes {
 public:
  using Counts = std::array<std::size_t, kCodes>;

  /// Counts the note; `message` is called only if it is kept for now.
  template <typename Message>
  void add(Code code, std::size_t line, const Message& message) {
    ++counts_[static_cast<std::size_t>(code)];
    if (keeps(code, line)) keep({line, 0, code, message()});
  }

  [[nodiscard]] const Counts& counts() const { return counts_; }

  /// By line, then by code.
  [[nodiscard]] std::vector<Note> take();

 private:
  struct Kept {
    std::vector<Note> notes;
    std::size_t last_line = static_cast<std::size_t>(-1);  ///< notes of later lines are not kept
  };

  [[nodiscard]] bool keeps(Code code, std::size_t line) const {
    return line < kept_[static_cast<std::size_t>(code)].last_line;
  }

  void keep(Note note);
  static void prune(Kept& kept);

  std::array<Kept, kCodes> kept_;
  Counts counts_{};
};

}  // namespace mailtrust::list
