#pragma once
// DKIM-Signature fields for a message. RFC 6376 sections 3.5 and 5, RFC 8301, RFC 8463.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "dkim/body_hash.hpp"
#include "dkim/private_key.hpp"
#include "dkim/signature.hpp"
#include "dns/name.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim {

/// What a signature is to say beside what it is made over.
struct Statement {
  dns::Name domain;                     ///< d=, from name_for_tag()
  dns::Name selector;                   ///< s=
  std::optional<std::string> identity;  ///< i=, from identity_for()
  Canonicalization header_canonicalization = Canonicalization::relaxed;
  Canonicalization body_canonicalization = Canonicalization::relaxed;
  std::vector<std::string> signed_fields;  ///< h=; empty: recommended_fields()
  std::int64_t timestamp = 0;              ///< t=, Unix seconds
  std::optional<std::int64_t> expiration;  ///< x=, after `timestamp`
  bool body_length = false;                ///< l=: text can be added to the body; for tests
};

/// A domain or selector that fits into d= or s=: letters, digits, hyphens and underscores between
/// dots (RFC 6376 section 3.1; U-labels become A-labels). Error of kind usage.
Expected<dns::Name> name_for_tag(std::string_view text);

/// `[LOCAL]@DOMAIN` as i= has it (quoted-printable where it must be). Error of kind usage: no mail
/// address, or a domain that is not `domain` or below it.
Expected<std::string> identity_for(std::string_view text, const dns::Name& domain);

/// Signs a message as it is read; several signatures share the work on its body.
class Signer {
 public:
  /// `header` must outlive it. Error of kind input, `where` empty, for what no signature may be
  /// made over: no From or several (RFC 5322 section 3.6), and what mail servers change on the way
  /// (a lone CR, NUL, a line that is no field).
  static Expected<Signer> start(const message::Header& header);

  /// Before the first body(). `key` must outlive it. Error of kind input, `where` empty: a key that
  /// verifiers refuse (RFC 8301 section 3.2).
  Expected<void> add(Statement statement, const PrivateKey& key);

  /// For the whole body, in pieces; lines may end in CRLF or LF.
  void body(std::string_view piece);

  /// Once: the fields, in the order of add(), each to go before all others of the message. Folded
  /// at 78 octets where it can be, CRLF at the end of every line. Error of kind input, `where`
  /// empty: a lone CR in the body.
  Expected<std::vector<std::string>> finish();

 private:
  struct Order {
    Statement statement;
    const PrivateKey* key;
    std::size_t wish;
  };

  explicit Signer(const message::Header& header) : header_(&header) {}

  [[nodiscard]] Expected<std::string> sign(const Order& order) const;

  const message::Header* header_;
  BodyHasher hasher_;
  std::vector<Order> orders_;
  bool after_cr_ = false;
  bool lone_cr_ = false;
};

}  // namespace mailtrust::dkim
