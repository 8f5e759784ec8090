#include "dkim/damage/text_undo.hpp"

#include <algorithm>
#include <array>

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kTabStop = 8;
constexpr std::size_t kLongestLine = 998;   // Postfix breaks here: CRLF and a blank
constexpr std::size_t kSendmailLine = 900;  // Sendmail near 990, after a "!"

using Text = std::string_view;
using Undone = std::optional<std::string>;

// `change(line, out)` appends what becomes of the line, which has no CRLF; the CRLF follows.
template <typename Change>
Undone each_line(Text body, Change change) {
  std::string out;
  out.reserve(body.size());
  for (std::size_t at = 0; at < body.size();) {
    auto end = std::min(body.find("\r\n", at), body.size());
    change(body.substr(at, end - at), out);
    if (end < body.size()) out += "\r\n";
    at = end + 2;
  }
  if (out == body) return std::nullopt;
  return out;
}

Undone replace_start(Text body, Text start, Text instead) {
  return each_line(body, [&](Text line, std::string& out) {
    bool found = line.starts_with(start);
    if (found) out += instead;
    out += line.substr(found ? start.size() : 0);
  });
}

Text without_blanks_at_end(Text line) {
  auto last = line.find_last_not_of(" \t");
  return line.substr(0, last == Text::npos ? 0 : last + 1);
}

Undone strip_trailing_space(Text body) {
  return each_line(body, [](Text line, std::string& out) { out += without_blanks_at_end(line); });
}

Undone strip_all_but_signature_line(Text body) {
  return each_line(body, [](Text line, std::string& out) {
    auto text = without_blanks_at_end(line);
    out.append(text == "--" && text != line ? "-- " : text);
  });
}

Undone strip_one_blank(Text body) {
  return each_line(body, [](Text line, std::string& out) {
    out += line.substr(0, line.size() - (line.ends_with(' ') ? 1 : 0));
  });
}

Undone restore_signature_line(Text body) {
  return each_line(body,
                   [](Text line, std::string& out) { out.append(line == "--" ? "-- " : line); });
}

Undone unquote_from(Text body) {
  return replace_start(body, ">From ", "From ");
}

Undone unquote_all_from(Text body) {
  return each_line(body, [](Text line, std::string& out) {
    auto arrows = std::min(line.find_first_not_of('>'), line.size());
    bool quoted = arrows > 0 && line.substr(arrows).starts_with("From ");
    out += line.substr(quoted ? 1 : 0);
  });
}

Undone quote_from(Text body) {
  return replace_start(body, "From ", ">From ");
}

Undone unstuff_dots(Text body) {
  return replace_start(body, "..", ".");
}

Undone stuff_dots(Text body) {
  return replace_start(body, ".", "..");
}

Undone drop_doubled_cr(Text body) {
  return each_line(body, [](Text line, std::string& out) {
    auto last = line.find_last_not_of('\r');
    out += line.substr(0, last == Text::npos ? 0 : last + 1);
  });
}

Undone end_lines_at_cr(Text body) {
  return each_line(body, [](Text line, std::string& out) {
    for (char c : line) out.append(c == '\r' ? "\r\n" : Text(&c, 1));
  });
}

// CR LF turned into two line ends: each line is followed by an empty one.
Undone drop_every_second_line(Text body) {
  std::string out;
  bool even = true;
  for (std::size_t at = 0; at < body.size(); even = !even) {
    auto end = std::min(body.find("\r\n", at), body.size());
    if (!even && end != at) return std::nullopt;
    if (even) out.append(body.substr(at, end - at)).append("\r\n");
    at = end + 2;
  }
  return out;
}

Undone drop_leading_blank_lines(Text body) {
  auto first = std::min(body.find_first_not_of("\r\n"), body.size());
  if (first == 0) return std::nullopt;
  return std::string(body.substr(first));
}

Undone add_blank_line(Text body) {
  return "\r\n" + std::string(body);
}

Undone add_two_blank_lines(Text body) {
  return "\r\n\r\n" + std::string(body);
}

Undone tabs_from_blanks(Text body) {
  return each_line(body, [](Text line, std::string& out) {
    auto blanks = std::min(line.find_first_not_of(' '), line.size());
    out.append(blanks / kTabStop, '\t').append(line.substr(blanks / kTabStop * kTabStop));
  });
}

Undone blanks_from_tabs(Text body) {
  return each_line(body, [](Text line, std::string& out) {
    std::size_t column = 0;
    for (char c : line) {
      std::size_t width = c == '\t' ? kTabStop - column % kTabStop : 1;
      out.append(width, c == '\t' ? ' ' : c);
      column += width;
    }
  });
}

Undone tabs_from_inner_blanks(Text body) {
  return each_line(body, [](Text line, std::string& out) {
    std::size_t held = 0;
    for (std::size_t column = 0; column < line.size(); ++column) {
      if (column % kTabStop == 0 && held > 1) out += '\t';
      if (column % kTabStop == 0 && held == 1) out += ' ';
      if (column % kTabStop == 0) held = 0;
      if (line[column] == ' ') {
        ++held;
        continue;
      }
      out.append(held, ' ') += line[column];
      held = 0;
    }
    out.append(held, ' ');
  });
}

// A line that was broken at the limit of a relay is put together again.
Undone join_broken_lines(Text body) {
  std::string out;
  out.reserve(body.size());
  for (std::size_t at = 0; at < body.size();) {
    auto end = std::min(body.find("\r\n", at), body.size());
    auto line = body.substr(at, end - at);
    auto rest = body.substr(std::min(end + 2, body.size()));
    bool postfix = line.size() >= kLongestLine - 1 && rest.starts_with(' ');
    bool sendmail = line.size() >= kSendmailLine && line.ends_with('!');
    out += sendmail ? line.substr(0, line.size() - 1) : line;
    if (!postfix && !sendmail && end < body.size()) out += "\r\n";
    at = end + 2 + (rest.starts_with(' ') && (postfix || sendmail) ? 1 : 0);
  }
  if (out == body) return std::nullopt;
  return out;
}

constexpr std::array<TextUndo, 19> kUndos = {{
    {"trailing-space", "would verify without the white space at the ends of lines: it was added",
     strip_trailing_space},
    {"trailing-space",
     "would verify without the white space at the ends of lines, but for \"-- \": it was added",
     strip_all_but_signature_line},
    {"trailing-space", "would verify with one blank less at the ends of lines: it was added",
     strip_one_blank},
    {"from-quoting",
     "would verify with \"From \" in place of \">From \" where a line starts with it: quoted as in "
     "an mbox",
     unquote_from},
    {"from-quoting",
     "would verify with one \">\" less before \"From \" where a line starts with it: quoted as in "
     "an mbox",
     unquote_all_from},
    {"from-quoting",
     "would verify with \">From \" in place of \"From \" where a line starts with it: the mbox "
     "quoting was taken off once too often",
     quote_from},
    {"dot-stuffing",
     "would verify with one dot less where a line starts with two: a dot was doubled",
     unstuff_dots},
    {"dot-stuffing", "would verify with one dot more where a line starts with one: a dot was lost",
     stuff_dots},
    {"blank-lines",
     "would verify without the empty lines at the start of the body: they were added",
     drop_leading_blank_lines},
    {"blank-lines", "would verify with an empty line at the start of the body: it was lost",
     add_blank_line},
    {"blank-lines", "would verify with two empty lines at the start of the body: they were lost",
     add_two_blank_lines},
    {"trailing-space",
     "would verify with \"-- \" in place of \"--\": the blank at the end of the line was stripped",
     restore_signature_line},
    {"line-endings", "would verify with CRLF in place of CR CR LF: the CR was doubled",
     drop_doubled_cr},
    {"line-endings", "would verify with every second line left out: each line end was doubled",
     drop_every_second_line},
    {"line-endings", "would verify with CRLF in place of each lone CR: line ends were rewritten",
     end_lines_at_cr},
    {"tabs", "would verify with tabs where lines start with eight blanks: tabs were expanded",
     tabs_from_blanks},
    {"tabs", "would verify with tabs where blanks lead to a tab stop: tabs were expanded",
     tabs_from_inner_blanks},
    {"tabs", "would verify with blanks in place of tabs: blanks were turned into tabs",
     blanks_from_tabs},
    {"lines-wrapped", "would verify with the longest lines put together again: a relay broke them",
     join_broken_lines},
}};

}  // namespace

std::span<const TextUndo> text_undos() {
  return kUndos;
}

}  // namespace mailtrust::dkim::damage
