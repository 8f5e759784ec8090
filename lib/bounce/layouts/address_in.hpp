#pragma once
// Addresses in free text, as notices write them: bare, in angle brackets, in quotes, with a
// comment.

#include <optional>
#include <string_view>

namespace mailtrust::bounce::layouts {

/// An address and where it stands. Views point into the text.
struct Found {
  std::string_view address;  ///< without brackets and quotes around it
  std::string_view before;   ///< brackets and quotes left away
  std::string_view after;    ///< the same
};

/// The first address of `text`: an atom or a quoted string, "@", a host name or a literal (RFC 5321
/// section 4.1.2). UTF-8 (RFC 6531) only within angle brackets, as words of languages without
/// blanks may stand beside it. At most 320 octets; linear.
std::optional<Found> find_address(std::string_view text);

/// A line that opens the account of one recipient: an address at its start, behind blanks, rule
/// marks ("->", "***", ">>>") and words like "Recipient:" or "rfc822;".
struct Entry {
  std::string_view address;
  std::string_view original;  ///< "(expanded from <b@example>)" and the like; may be empty
  std::string_view rest;      ///< what is said behind it, without the marks that part it off
};

std::optional<Entry> entry_of(std::string_view line);

/// The part before the first "@" is that of a mailbox for help ("postmaster", "abuse", "support").
bool is_helper(std::string_view address);

}  // namespace mailtrust::bounce::layouts
