// Rows of cells in columns that fit the screen.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "cli/paint.hpp"
#include "cli/width.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kLeastColumn = 12;  // narrower text columns cannot be read
constexpr std::size_t kComfortable = 20;  // beside a tree, or its nodes go one under the other

std::size_t cell_width(const GridRow& row, std::size_t column) {
  auto lead = column == 0 ? column_count(row.lead) : 0;
  return lead + column_count(row.cells[column].text);
}

// Columns without a single value only take room.
void drop_blank_columns(Grid& grid) {
  for (std::size_t column = grid.headings.size(); column-- > 1;) {
    auto blank = [&](const GridRow& row) { return row.cells[column].text.empty(); };
    if (!std::ranges::all_of(grid.rows, blank)) continue;
    auto at = static_cast<std::ptrdiff_t>(column);
    grid.headings.erase(grid.headings.begin() + at);
    for (auto& row : grid.rows) row.cells.erase(row.cells.begin() + at);
  }
}

std::vector<std::size_t> natural_widths(const Grid& grid) {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < grid.headings.size(); ++column) {
    auto width = grid.is_tree && column == 0 ? 0 : column_count(grid.headings[column]);
    for (const auto& row : grid.rows) width = std::max(width, cell_width(row, column));
    widths.push_back(width);
  }
  return widths;
}

// The widest column that may be narrower still, if there is one.
std::optional<std::size_t> widest(const std::vector<std::size_t>& widths,
                                  const std::vector<std::size_t>& floors) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (widths[i] > floors[i] && (!found || widths[i] > widths[*found])) found = i;
  return found;
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  for (auto word : ascii::split(text, ' ')) longest = std::max(longest, column_count(word));
  return longest;
}

// Widths at which no word is broken: dates, addresses and names stay in one piece.
std::vector<std::size_t> whole_word_widths(const Grid& grid) {
  std::vector<std::size_t> widths(grid.headings.size(), kLeastColumn);
  for (const auto& row : grid.rows)
    for (std::size_t column = 0; column < widths.size(); ++column)
      widths[column] = std::max(widths[column], longest_word(row.cells[column].text));
  return widths;
}

// Takes what is too much from the widest column, until there is none worth narrowing; then the
// widths are as they were.
bool shrink(std::vector<std::size_t>& widths, const std::vector<std::size_t>& floors,
            std::size_t room) {
  auto narrowed = widths;
  std::size_t total = kGap * (widths.size() - 1);
  for (auto width : widths) total += width;
  for (; total > room; --total) {
    auto column = widest(narrowed, floors);
    if (!column) return false;
    --narrowed[*column];
  }
  widths = std::move(narrowed);
  return true;
}

// Prose gives way first, then words are broken. The nodes of a tree come last: broken ones hide its
// shape.
bool fit(std::vector<std::size_t>& widths, const Grid& grid, std::size_t room) {
  std::vector<std::size_t> floors(widths.size(), grid.is_tree ? kComfortable : kLeastColumn);
  if (grid.is_tree) floors[0] = widths[0];
  if (!grid.is_tree && shrink(widths, whole_word_widths(grid), room)) return true;
  return shrink(widths, floors, room);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::string all;
  append_wrapped(all, text, 0, 0, width);
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= all.size();) {
    auto end = std::min(all.find('\n', begin), all.size());
    lines.push_back(all.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

void append_padded(std::string& line, std::string_view text, std::size_t width, bool right) {
  auto columns = column_count(text);
  auto padding = columns < width ? width - columns : 0;
  if (right) line.append(padding, ' ');
  line += text;
  if (!right) line.append(padding, ' ');
}

void end_line(std::string& out, std::string& line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out += line;
  out += '\n';
  line.clear();
}

void append_row(std::string& out, const GridRow& row, const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (std::size_t column = 0; column < widths.size(); ++column) {
    auto lead = column == 0 ? column_count(row.lead) : 0;
    cells.push_back(wrapped(row.cells[column].text, widths[column] - lead));
    height = std::max(height, cells.back().size());
  }
  std::string line;
  for (std::size_t i = 0; i < height; ++i) {
    const auto& lead = i == 0 ? row.lead : row.lead_rest;
    line += lead;
    for (std::size_t column = 0; column < widths.size(); ++column) {
      if (column > 0) line.append(kGap, ' ');
      auto width = widths[column] - (column == 0 ? column_count(lead) : 0);
      std::string_view text = i < cells[column].size() ? cells[column][i] : std::string_view{};
      append_padded(line, text, width, row.cells[column].right);
    }
    end_line(out, line);
  }
}

void append_headings(std::string& out, const Grid& grid, const std::vector<std::size_t>& widths,
                     const Screen& screen) {
  std::string line;
  for (std::size_t column = 0; column < widths.size(); ++column) {
    if (column > 0) line.append(kGap, ' ');
    std::string_view text = grid.headings[column];
    if (grid.is_tree && column == 0) text = {};
    auto right = !grid.rows.empty() && grid.rows.front().cells[column].right;
    append_padded(line, fitting(text, widths[column]), widths[column], right);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  append_painted(out, Tone::faint, line, screen);
  out += '\n';
}

// For narrow screens: the first cell and those without a heading, then the others by name under it.
void append_stacked(std::string& out, const GridRow& row, const Grid& grid, const Screen& screen) {
  auto indent = column_count(row.lead);
  out += row.lead;
  std::string text;
  auto first = row.cells[0].text;
  std::string more;
  for (std::size_t column = 1; column < row.cells.size(); ++column) {
    const auto& cell = row.cells[column].text;
    if (cell.empty()) continue;
    if (grid.headings[column].empty())
      first += ' ' + cell;
    else
      more += (more.empty() ? "" : ", ") + grid.headings[column] + ' ' + cell;
  }
  append_wrapped(text, first, indent, indent, screen.width);
  if (!more.empty()) {
    text += '\n' + std::string(indent + 2, ' ');
    append_wrapped(text, more, indent + 2, indent + 2, screen.width);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '\n') continue;
    out += row.lead_rest;
    i += indent;  // the spaces that append_wrapped put there
  }
  out += '\n';
}

}  // namespace

void append_grid(std::string& out, Grid grid, const Screen& screen) {
  if (grid.headings.empty() || grid.rows.empty()) return;
  drop_blank_columns(grid);
  auto widths = natural_widths(grid);
  if (!fit(widths, grid, screen.width)) {
    for (const auto& row : grid.rows) append_stacked(out, row, grid, screen);
    return;
  }
  if (grid.headings.size() > 1) append_headings(out, grid, widths, screen);
  for (const auto& row : grid.rows) append_row(out, row, widths);
}

}  // namespace mailtrust::cli
