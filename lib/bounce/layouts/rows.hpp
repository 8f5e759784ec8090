#pragma once
// How each system is known and which shape its text has: data, in rows.inc.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {

/// Where a further sign of the system stands, beside the mark.
enum class Sign {
  none,     ///< the mark is enough in a mail that comes as a notice
  from,     ///< in the From field
  subject,  ///< in the subject
  mailer,   ///< in X-Mailer
  field,    ///< a header field of that name
};

struct Row {
  std::string_view system;
  /// How a line begins, in lower case, at least eight octets, blanks and rules ("-----") before it
  /// left away.
  std::string_view mark;
  Sign sign = Sign::none;
  std::string_view what;  ///< of the sign, in lower case
  Read read = nullptr;
  Action action = Action::failed;
  std::string_view date;    ///< when the evidence was looked at, "2026-11"
  std::string_view source;  ///< a system's source file, a manual, a public page; "record": such
                            ///< notices as they stand in public archives
};

std::span<const Row> rows();

struct Match {
  const Row* row = nullptr;
  std::size_t line = 0;  ///< of mail.lines, that with the mark
};

/// The first row in the order of the file whose mark a line bears and whose sign is there. One pass
/// over the lines.
std::optional<Match> find_row(const Mail& mail);

}  // namespace mailtrust::bounce::layouts
