#pragma once
// Pieces the text of a Report is put together from.

#include <string>
#include <string_view>
#include <vector>

#include "cli/report.hpp"
#include "cli/screen.hpp"

namespace mailtrust::cli {

enum class Tone { plain, strong, faint, good, warning, bad };

/// `text` as it is, in the tone's colour when the screen has colours.
void append_painted(std::string& out, Tone tone, std::string_view text, const Screen& screen);

/// A mark one column wide and its tone: for "good", "warning", "bad", "unknown"; a dash otherwise.
struct Mark {
  std::string_view text;
  Tone tone = Tone::plain;
};

Mark mark_of(std::string_view verdict, const Screen& screen);

/// A value as one line of escaped text: yes and no, arrays joined by ", ", objects as "key value".
/// Empty for null and empty text.
std::string to_line(const Value& value);

/// Nothing to show in a cell: null, empty text, an empty array, zero, false.
bool is_blank(const Value& value);

/// The key with spaces for underscores.
std::string label_of(std::string_view key);

/// Text to copy: every line indented, unsafe characters escaped, backslashes left alone.
void append_paste(std::string& out, std::string_view text, std::size_t indent);

/// Paragraphs, as Style::Kind::prose has them.
void append_prose(std::string& out, std::string_view text, std::size_t indent,
                  const Screen& screen);

/// Rows of cells in columns; `lead` is what a tree draws in front of the first cell, `lead_rest` in
/// front of its further lines.
struct GridRow {
  struct Cell {
    std::string text;  ///< escaped
    bool right = false;
  };

  std::string lead;
  std::string lead_rest;
  std::vector<Cell> cells;
};

struct Grid {
  std::vector<std::string> headings;  ///< as many as each row has cells
  std::vector<GridRow> rows;
  bool is_tree = false;  ///< no heading over the first column
};

/// Side by side where that fits the screen, one under the other where not.
void append_grid(std::string& out, Grid grid, const Screen& screen);

/// Style::Kind::tree and Style::Kind::table.
void append_tree(std::string& out, const Value& nodes, const Style& style, const Screen& screen);
void append_table(std::string& out, const Value& rows, const Style& style, const Screen& screen);

/// Is this row of a table shown? See Style::only.
bool shows_row(const Value& row, const Style& style, const Screen& screen);

/// One entry each: what is wrong, where and by which id, what to do about it.
void append_findings(std::string& out, const Report& report, const Screen& screen);

/// The numbered list of lookups.
void append_evidence(std::string& out, const Value& evidence, const Screen& screen);

}  // namespace mailtrust::cli
