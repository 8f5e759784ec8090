#pragma once
// Are the DKIM signatures of a message good? RFC 6376 section 6, RFC 8301, RFC 8463, RFC 8616; the
// results are those of RFC 8601 section 2.7.1.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "dkim/body_hash.hpp"
#include "dkim/key_lookup.hpp"
#include "dkim/signature.hpp"
#include "dns/resolver.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim {

/// RFC 8601 section 2.7.1. `policy`: the signature is sound, but its key or algorithm is refused.
enum class Result { none, pass, fail, policy, neutral, temperror, permerror };

std::string_view to_string(Result result);

/// A result, why, and where it is written.
struct Decision {
  Result result = Result::none;
  std::string reason;
  std::string_view clause;
};

/// One DKIM-Signature field and what became of it.
struct Verification {
  std::size_t field = 0;  ///< index in Header::fields()
  ParsedSignature parsed;
  Result result = Result::none;
  std::string reason;       ///< one line; empty when it passed
  std::string_view clause;  ///< that decided: "RFC 6376 section 6.1.3"
  std::optional<KeyLookup> lookup;
  bool testing = false;                ///< t=y in the key
  unsigned key_bits = 0;               ///< 0 when no key was read
  std::string computed_hash;           ///< of the body, raw; empty when it was not computed
  std::optional<bool> body_matches;    ///< bh=
  std::optional<bool> header_matches;  ///< b=
  std::uint64_t uncovered_octets = 0;  ///< canonical body octets after l=
  std::vector<std::string> open;  ///< what can change without breaking it, in words: "Subject is
                                  ///< not signed", "a second From can be added"

  [[nodiscard]] const Signature& signature() const { return parsed.signature; }
};

/// Verifies as the message is read.
class Verifier {
 public:
  /// `header` must outlive it; `now` is Unix seconds. Parses the first limits::kSignatures
  /// signatures and starts the questions for their keys.
  Verifier(const message::Header& header, dns::Resolver& resolver, std::int64_t now);

  /// For the whole body, in pieces.
  void body(std::string_view piece);

  /// One for each signature looked at, topmost first.
  std::vector<Verification> finish();

  /// Signatures over the limit that were not looked at.
  [[nodiscard]] std::size_t passed_over() const { return passed_over_; }

  /// Others that hash the body in the same pass (ARC) say here what they want.
  [[nodiscard]] BodyHasher& hasher() { return hasher_; }

 private:
  void take(std::size_t index, const message::Field& field);
  void compare_body(Verification& verification, const std::string& digest);
  void judge(Verification& verification);
  void try_key(Verification& verification, const ParsedKey& key, std::string_view octets);
  [[nodiscard]] Decision compared(const Verification& verification, const KeyRecord& record,
                                  bool header_matches) const;

  const message::Header& header_;
  dns::Resolver& resolver_;
  std::int64_t now_;
  BodyHasher hasher_;
  std::vector<Verification> verifications_;
  std::vector<std::size_t> wishes_;  ///< of the verification beside it; its number at the hasher
  std::size_t passed_over_ = 0;
};

}  // namespace mailtrust::dkim
