// Arrays of objects as a tree or a table.
#include <algorithm>

#include "base/ascii.hpp"
#include "cli/paint.hpp"
#include "cli/width.hpp"

namespace mailtrust::cli {
namespace {

struct Column {
  std::string key;
  std::string heading;
};

std::vector<Column> columns_of(const Style& style) {
  std::vector<Column> columns;
  for (const auto& spec : style.columns) {
    auto colon = spec.find(':');
    auto key = spec.substr(0, colon);
    columns.push_back({key, colon == std::string::npos ? label_of(key) : spec.substr(colon + 1)});
  }
  return columns;
}

// The first of the alternatives that the row has.
const Value* member(const Value& row, std::string_view keys) {
  for (auto key : ascii::split(keys, '|'))
    if (const Value* value = row.find(key)) return value;
  return nullptr;
}

GridRow::Cell cell_of(const Value& row, std::string_view keys) {
  GridRow::Cell cell;
  for (auto key : ascii::split(keys, ' ')) {
    const Value* value = member(row, key);
    if (value == nullptr) continue;
    cell.right = value->integer() != nullptr || value->number() != nullptr;
    if (!is_blank(*value)) cell.text += (cell.text.empty() ? "" : " ") + to_line(*value);
  }
  return cell;
}

std::vector<GridRow::Cell> cells_of(const Value& row, const std::vector<Column>& columns) {
  std::vector<GridRow::Cell> cells;
  cells.reserve(columns.size());
  for (const auto& column : columns) cells.push_back(cell_of(row, column.key));
  return cells;
}

bool is_bar(const Column& column) {
  return column.key.starts_with('=');
}

std::int64_t number_of(const Value& row, std::string_view key) {
  const Value* value = row.find(key);
  const auto* number = value == nullptr ? nullptr : value->integer();
  return number == nullptr ? 0 : std::max<std::int64_t>(*number, 0);
}

// In eighths of a column, where the screen has such blocks.
std::string bar(std::int64_t number, std::int64_t most, std::size_t width, bool unicode) {
  constexpr int kEighths = 8;
  auto share = static_cast<double>(number) / static_cast<double>(most);
  auto eighths = static_cast<int>(share * static_cast<double>(width) * kEighths);
  std::string drawn;
  if (!unicode) return drawn.append(static_cast<std::size_t>(eighths / kEighths), '#');
  for (; eighths >= kEighths; eighths -= kEighths) drawn += "\u2588";
  // U+258F is one eighth, U+2589 seven.
  if (eighths > 0) (drawn += "\xe2\x96") += static_cast<char>(0x90 - eighths);
  return drawn;
}

void draw_bars(Grid& grid, std::size_t column, std::string_view key, const Value::Array& rows,
               const Screen& screen) {
  constexpr std::size_t kMostBar = 24;
  constexpr std::size_t kShareOfScreen = 8;
  key.remove_prefix(1);
  std::int64_t most = 0;
  for (const auto& row : rows) most = std::max(most, number_of(row, key));
  if (!screen.terminal || most == 0) return;
  auto width = std::min(kMostBar, screen.width / kShareOfScreen);
  for (std::size_t i = 0; i < rows.size(); ++i)
    grid.rows[i].cells[column].text = bar(number_of(rows[i], key), most, width, screen.unicode);
}

/// How a tree is drawn: each piece three columns wide.
struct Lines {
  std::string_view branch;
  std::string_view last;
  std::string_view pass;
  std::string_view blank;
};

constexpr Lines kUnicode{"\u251c\u2500 ", "\u2514\u2500 ", "\u2502  ", "   "};
constexpr Lines kAscii{"|- ", "`- ", "|  ", "   "};

class TreeGrid {
 public:
  TreeGrid(const Style& style, const Screen& screen)
      : columns_(columns_of(style)),
        children_(style.children),
        only_(screen.verbose ? std::string{} : style.only),
        lines_(screen.unicode ? kUnicode : kAscii),
        deepest_(screen.width / 2) {}

  void add(const Value& nodes, const std::string& lead, bool is_root) {
    const auto shown = shown_of(nodes, is_root);
    for (const auto* next : shown) {
      const auto& node = *next;
      bool last = next == shown.back();
      std::string own = is_root ? "" : lead + std::string(last ? lines_.last : lines_.branch);
      std::string below = is_root ? "" : lead + std::string(last ? lines_.blank : lines_.pass);
      // Deeper than half the screen the tree grows no further to the right.
      if (column_count(own) > deepest_) own = below = lead;
      grid_.rows.push_back({own, below, cells_of(node, columns_)});
      if (const Value* children = node.find(children_)) add(*children, below, false);
    }
  }

  Grid take() {
    for (const auto& column : columns_) grid_.headings.push_back(column.heading);
    grid_.is_tree = true;
    return std::move(grid_);
  }

 private:
  [[nodiscard]] std::vector<const Value*> shown_of(const Value& nodes, bool is_root) const {
    std::vector<const Value*> shown;
    const auto* array = nodes.array();
    if (array == nullptr) return shown;
    for (const auto& node : *array) {
      const Value* wanted = node.find(only_);
      if (is_root || only_.empty() || (wanted != nullptr && !is_blank(*wanted)))
        shown.push_back(&node);
    }
    return shown;
  }

  std::vector<Column> columns_;
  std::string children_;
  std::string only_;
  Lines lines_;
  std::size_t deepest_;
  Grid grid_;
};

}  // namespace

bool shows_row(const Value& row, const Style& style, const Screen& screen) {
  if (screen.verbose || style.only.empty()) return true;
  const Value* wanted = row.find(style.only);
  return wanted != nullptr && !is_blank(*wanted);
}

void append_tree(std::string& out, const Value& nodes, const Style& style, const Screen& screen) {
  TreeGrid tree(style, screen);
  tree.add(nodes, {}, true);
  append_grid(out, tree.take(), screen);
}

void append_table(std::string& out, const Value& rows, const Style& style, const Screen& screen) {
  auto columns = columns_of(style);
  Grid grid;
  for (const auto& column : columns) grid.headings.push_back(column.heading);
  Value::Array shown;
  if (const auto* array = rows.array())
    for (const auto& row : *array)
      if (shows_row(row, style, screen)) shown.push_back(row);
  for (const auto& row : shown) grid.rows.push_back({{}, {}, cells_of(row, columns)});
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (is_bar(columns[i])) draw_bars(grid, i, columns[i].key, shown, screen);
  append_grid(out, std::move(grid), screen);
}

}  // namespace mailtrust::cli
