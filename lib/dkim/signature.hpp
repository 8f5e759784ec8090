#pragma once
// A DKIM-Signature field: text to what it says, once, with every fault.
// RFC 6376 section 3.5, RFC 8301, RFC 8463, RFC 8616 (internationalized names).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tag_list/tag_list.hpp"

namespace mailtrust::dkim {

enum class Algorithm { rsa_sha1, rsa_sha256, ed25519_sha256 };
enum class Canonicalization { simple, relaxed };
enum class Hash { sha1, sha256 };

std::string_view to_string(Algorithm algorithm);  ///< "rsa-sha256", ...
std::string_view to_string(Canonicalization canonicalization);
Hash hash_of(Algorithm algorithm);

/// What the tags say. Members without a default of the RFC are empty when missing or malformed.
struct Signature {
  std::optional<Algorithm> algorithm;  ///< a=; nothing: missing or unknown to us
  std::string algorithm_text;          ///< a= as written
  Canonicalization header_canonicalization = Canonicalization::simple;  ///< c=
  Canonicalization body_canonicalization = Canonicalization::simple;
  std::string domain;    ///< d=, its U-labels as A-labels
  std::string selector;  ///< s=, its U-labels as A-labels
  std::string identity;  ///< i=, decoded, its domain as that of d=; or "@" and the domain
  std::vector<std::string> signed_fields;    ///< h=, as written, without white space
  std::string body_hash;                     ///< bh=, decoded
  std::string octets;                        ///< b=, decoded
  std::optional<std::uint64_t> body_length;  ///< l=
  std::optional<std::int64_t> timestamp;     ///< t=, Unix seconds
  std::optional<std::int64_t> expiration;    ///< x=
  bool copied_fields = false;                ///< z= is there

  /// Is the field of that name (any case) in h=?
  [[nodiscard]] bool covers(std::string_view name) const;
};

struct SignatureFault {
  enum class Kind {
    syntax,         ///< the tag list, or a value in it
    missing,        ///< a tag that must be there is not
    version,        ///< v= is not 1
    algorithm,      ///< a=, c= or q= names what we do not have
    identity,       ///< i= is outside d=
    times,          ///< x= is not after t=
    unsigned_from,  ///< h= does not name From
  };

  Kind kind = Kind::syntax;
  std::size_t column = 1;  ///< octets of the field's value, from 1
  std::string message;     ///< one line: what was found, what was expected
};

struct ParsedSignature {
  Signature signature;
  std::vector<SignatureFault> faults;  ///< by column; any makes the result permerror or neutral

  /// Every tag, well-formed or not: for receipts.
  std::vector<tag_list::Tag> tags;
};

/// `value` of a DKIM-Signature Field (may be folded). Never fails; linear.
ParsedSignature parse_signature(std::string_view value);

/// ARC-Message-Signature (RFC 8617 section 4.1.2): the same tags but v=, and i= is an instance,
/// which is left to the caller. `identity` is "@" and the domain. From need not be signed.
ParsedSignature parse_arc_message_signature(std::string_view value);

/// ARC-Seal (RFC 8617 section 4.1.3): a=, b=, d=, s= and t= of those; i= and cv= are left to the
/// caller.
ParsedSignature parse_arc_seal(std::string_view value);

}  // namespace mailtrust::dkim
