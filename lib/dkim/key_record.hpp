#pragma once
// A DKIM key record: text to what it says, once, with every fault and its column.
// RFC 6376 section 3.6.1, RFC 8301 (hashes and key sizes), RFC 8463 (Ed25519).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dkim/public_key.hpp"

namespace mailtrust::dkim {

/// What the tags say, defaults filled in.
struct KeyRecord {
  std::string text;
  std::string key_type = "rsa";            ///< k=
  std::vector<std::string> hashes;         ///< h=; empty: all
  std::vector<std::string> services;       ///< s=; empty: all
  std::vector<std::string> flags;          ///< t=
  std::optional<std::string> notes;        ///< n=, as written (quoted-printable)
  std::optional<std::string> granularity;  ///< g=, which RFC 6376 made historic
  std::vector<std::string> unknown_tags;
  bool revoked = false;          ///< p= is there and empty
  std::optional<PublicKey> key;  ///< nothing when revoked or unreadable
  std::size_t key_column = 1;    ///< of the value of p=
  std::size_t type_column = 1;   ///< of the value of k=, or of the record

  [[nodiscard]] bool testing() const;          ///< t=y
  [[nodiscard]] bool strict_identity() const;  ///< t=s: i= may not be a subdomain of d=
  [[nodiscard]] bool allows_sha256() const;    ///< by h=
  [[nodiscard]] bool serves_email() const;     ///< by s=
};

/// What makes a verifier refuse the record as such.
struct KeyFault {
  enum class Kind {
    syntax,        ///< the tag list, or a value in it
    version,       ///< v= is not first, or not DKIM1
    missing_key,   ///< there is no p=
    unknown_type,  ///< k= is neither rsa nor ed25519
    bad_key,       ///< the octets of p= are no key
  };

  Kind kind = Kind::syntax;
  std::size_t column = 1;  ///< octets of the record, from 1
  std::string message;     ///< one line: what was found, what was expected
};

struct ParsedKey {
  KeyRecord record;
  std::vector<KeyFault> faults;  ///< by column
};

/// Does this TXT record mean to be a key, however wrong: is its first tag v=DKIM..., or has it p=?
bool is_key_record(std::string_view text);

/// Never fails; linear in the length of the text.
ParsedKey parse_key_record(std::string_view text);

}  // namespace mailtrust::dkim
