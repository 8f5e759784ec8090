#pragma once
// The kinds of values that the tags of a signature hold. RFC 6376 sections 2.11 and 3.5, RFC 8616.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dkim/signature.hpp"

namespace mailtrust::dkim {

/// As written in a=, with its case (RFC 6376 section 3.2).
std::optional<Algorithm> algorithm_from(std::string_view text);

/// One half of c=.
std::optional<Canonicalization> canonicalization_from(std::string_view text);

/// A domain or selector with its U-labels turned into A-labels. Nothing unless it has at least that
/// many labels of letters, digits, hyphens and underscores (which DNS has and some domains use),
/// and fits into DNS.
std::optional<std::string> read_name(std::string_view text, std::size_t least_labels);

/// Is one domain the other, or below it? Both from read_name().
bool is_within(std::string_view domain, std::string_view ancestor);

/// RFC 5322 section 3.6.8: field-name.
bool is_field_name(std::string_view text);

/// Not empty, and nothing but digits.
bool is_digits(std::string_view text);

/// DKIM-Quoted-Printable (RFC 6376 section 2.11) decoded, white space left out. Nothing for an "="
/// without two hexadecimal digits.
std::optional<std::string> decode_quoted(std::string_view text);

}  // namespace mailtrust::dkim
