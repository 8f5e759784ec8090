#pragma once
// Cells of CSV (RFC 4180) that no spreadsheet takes for a formula.

#include <string>
#include <string_view>

namespace mailtrust {

/// The text in double quotes, unsafe characters escaped as for a terminal. A quote before what
/// would be a formula makes it text; it stands before a quote as well, so that taking it away gives
/// every cell back.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace mailtrust
