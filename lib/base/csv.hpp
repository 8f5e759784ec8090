#pragma once
// Cells of comma-separated values (RFC 4180) that a spreadsheet cannot take for formulas.

#include <string>
#include <string_view>

namespace mailtrust {

/// Appends one cell in quotes; what is unsafe on a screen is escaped. A cell that a spreadsheet
/// would take for a formula, or that begins with a quote, gets a `'` in front of it, so that taking
/// one away gives every cell back; so does what follows a `;`, which parts cells in some countries.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace mailtrust
