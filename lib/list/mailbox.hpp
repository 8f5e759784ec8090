#pragma once
// Mail addresses as lists hold them. RFC 5321 section 4.1.2 (Mailbox), RFC 6531 section 3.3
// (internationalised local parts and domains).

#include <string>
#include <string_view>

namespace mailtrust::list {

/// Where a mail address parts: the last `@` outside of a quoted local part; npos without one.
std::size_t find_at(std::string_view text);

/// Dot-string or Quoted-string, of at most 254 octets; UTF-8 but for unsafe characters is fine. A
/// lone `*` is none: it means a domain to whoever writes it.
bool is_local_part(std::string_view text);

/// Labels of letters, digits, hyphens and underscores (or U-labels), the last one not a number; no
/// final dot, no address literal.
bool is_domain(std::string_view text);

/// In lower case, U-labels as A-labels; `text` is_domain().
std::string normal_domain(std::string_view text);

/// In lower case; `text` is_local_part().
std::string normal_local_part(std::string_view text);

}  // namespace mailtrust::list
