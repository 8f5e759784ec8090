#pragma once
// The octets that are signed. RFC 6376 sections 3.4 (canonicalization), 3.7 (order of the header
// hash) and 5.4.2 (fields from the bottom).

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "dkim/signature.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim {

/// Appends the field in canonical form, its CRLF included. `raw` is a Field's.
void append_canonical(std::string& out, std::string_view raw, Canonicalization form);

/// `raw` of a signature field with the value of its b= taken out, all else as it was.
std::string without_signature(std::string_view raw);

/// The octets the header signature is made over: the fields that h= selects, each name from the
/// bottom up, then the signature field itself without its b= and without its CRLF.
std::string signed_octets(const message::Header& header, std::span<const std::string> signed_fields,
                          std::string_view signature_raw, Canonicalization form);

/// Turns a body into its canonical form piece by piece. Lines may end in CRLF or LF (both count as
/// CRLF); a lone CR is an octet.
class BodyCanonicalizer {
 public:
  explicit BodyCanonicalizer(Canonicalization form) : form_(form) {}

  /// Appends what is certain so far to `out`: empty lines are held back until a line follows.
  void update(std::string_view piece, std::string& out);

  /// The rest, once: a last line gets its CRLF. An empty body is CRLF in simple form, nothing in
  /// relaxed form.
  void finish(std::string& out);

 private:
  void put(std::string_view text, std::string& out);
  void end_line(std::string& out);

  Canonicalization form_;
  std::size_t empty_lines_ = 0;   ///< not yet written
  bool in_line_ = false;          ///< octets of the current line were written
  bool blank_ = false;            ///< relaxed: a run of white space waits
  bool carriage_return_ = false;  ///< a CR waits for what follows it
  bool any_ = false;              ///< something was written
};

}  // namespace mailtrust::dkim
