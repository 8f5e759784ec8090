#pragma once
// The octets of the header that are signed. RFC 6376 sections 3.4 (canonicalization), 3.7 (order of
// the header hash) and 5.4.2 (fields from the bottom).

#include <span>
#include <string>
#include <string_view>

#include "dkim/body_canonical.hpp"
#include "dkim/signature.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim {

/// Appends the field in canonical form, its CRLF included. `raw` is a Field's.
void append_canonical(std::string& out, std::string_view raw, Canonicalization form);

/// `raw` of a signature field with the value of its b= taken out, white space around it too
/// (RFC 6376 section 3.7), all else as it was.
std::string without_signature(std::string_view raw);

/// The octets the header signature is made over: the fields that h= selects, each name from the
/// bottom up, then the signature field itself without its b= and without its CRLF. The signature
/// field is never selected, where `signature_raw` is the raw of a Field of `header`.
std::string signed_octets(const message::Header& header, std::span<const std::string> signed_fields,
                          std::string_view signature_raw, Canonicalization form);

}  // namespace mailtrust::dkim
