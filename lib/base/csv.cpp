#include "base/csv.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust {
namespace {

// Does a spreadsheet take the cell for a formula? Blanks before the sign do not stop all of them,
// and those for East Asian text take the wide signs too.
bool is_formula(std::string_view cell) {
  constexpr auto kSigns = std::to_array<std::string_view>(
      {"=", "+", "-", "@", "|", "%", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20"});
  while (!cell.empty() && ascii::is_space(cell.front())) cell.remove_prefix(1);
  return std::ranges::any_of(kSigns, [&](auto sign) { return cell.starts_with(sign); });
}

}  // namespace

// Where `;` parts cells, what follows one begins a cell.
void append_csv_cell(std::string& out, std::string_view text) {
  auto safe = escape_unsafe(text);
  out += '"';
  if (is_formula(safe)) out += '\'';
  for (std::size_t i = 0; i < safe.size(); ++i) {
    if (safe[i] == '"') out += '"';
    out += safe[i];
    if (safe[i] == ';' && is_formula(std::string_view(safe).substr(i + 1))) out += '\'';
  }
  out += '"';
}

}  // namespace mailtrust
