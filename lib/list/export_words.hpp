#pragma once
// What exporters share: comments that cannot break out of their line or quotes, and the first lines
// of a file.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "list/export.hpp"

namespace mailtrust::list {

/// Octets of a comment in a line of its own. nginx reads lines up to 4,096.
inline constexpr std::size_t kMostCommentLine = 1000;

/// One line of at most `most` octets, cut between characters: what is unsafe to print, line ends
/// among it, is escaped.
std::string plain_comment(std::string_view comment, std::size_t most = kMostCommentLine);

/// The same for formats that cannot escape a quote inside quotes: `"` becomes `'`, `\` becomes `/`.
std::string quotable_comment(std::string_view comment, std::size_t most);

/// The same of printable ASCII, for SMTP answers: other characters become `?`.
std::string ascii_comment(std::string_view comment, std::size_t most);

/// `# COMMENT` on a line of its own; nothing for an empty comment. `mark` is "# " or "; ".
void append_comment_line(std::string& out, std::string_view mark, std::string_view comment);

/// "MARKlist NAME, deny: 3 entries" and "MARKUSE".
std::string heading_lines(const Heading& heading, std::string_view mark, std::size_t entries,
                          std::string_view use);

/// A name as a format spells it, and its comment.
using NameLine = std::pair<std::string, std::string>;

/// In the order of the names, each once: the first of equal ones.
void sort_names(std::vector<NameLine>& names);

/// "a cidr table cannot hold a mailbox; use --format OTHER"; without the end where there is none.
std::string cannot_hold(std::string_view what, Kind kind, std::string_view other);

}  // namespace mailtrust::list
