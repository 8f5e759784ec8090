#include "commands/list_match_lines.hpp"

#include "base/escape.hpp"

namespace mailtrust::commands {
namespace {

void append_safe(std::string& out, std::string_view line) {
  while (true) {
    auto tab = line.find('\t');
    out += escape_unsafe(line.substr(0, tab));
    if (tab == std::string_view::npos) return;
    out += '\t';
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

void LineWriter::write(const list::LogPiece& piece, const list::Selected& selected) {
  bool goes_on = piece.within_line && selected.has_first;
  bool leaves_off = piece.within_line && !goes_on;
  bool any = !selected.octets.empty();
  if (open_ && !goes_on && (any || leaves_off)) end_line();
  if (!any) return;
  if (style_.named || style_.safe) {
    output_.write(dressed(selected.octets, files_[piece.file], goes_on));
  } else {
    output_.write(selected.octets);
  }
  open_ = selected.octets.back() != '\n';
}

void LineWriter::end_line() {
  output_.write("\n");
  open_ = false;
}

std::string LineWriter::dressed(std::string_view lines, const std::string& file,
                                bool goes_on) const {
  std::string out;
  for (bool inside = goes_on; !lines.empty(); inside = false) {
    auto end = lines.find('\n');
    auto line = lines.substr(0, end);
    if (style_.named && !inside) out += (style_.safe ? escape_unsafe(file) : file) + ':';
    if (style_.safe) {
      append_safe(out, line);
    } else {
      out += line;
    }
    if (end == std::string_view::npos) break;
    out += '\n';
    lines.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace mailtrust::commands
