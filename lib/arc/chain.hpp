#pragma once
// Is the Authenticated Received Chain of a message whole? RFC 8617 sections 4 and 5.2.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dkim/body_hash.hpp"
#include "dkim/signature.hpp"
#include "dns/resolver.hpp"
#include "message/header.hpp"

namespace mailtrust::arc {

/// RFC 8617 section 4.4, and temperror where a key could not be had.
enum class Result { none, pass, fail, temperror };

std::string_view to_string(Result result);

/// One hop's three fields.
struct Set {
  unsigned instance = 0;
  std::string seal_domain;       ///< d= of ARC-Seal
  std::string seal_selector;     ///< s=
  std::string message_domain;    ///< d= of ARC-Message-Signature
  std::string message_selector;  ///< s=
  std::string validation;        ///< cv= as written
  std::string results;           ///< ARC-Authentication-Results after i=, unfolded: others' words
  bool seal_verified = false;
  bool message_verified = false;  ///< of older sets only looked at for `oldest_pass`
};

struct Chain {
  Result result = Result::none;
  std::string reason;        ///< one line; why it failed, or could not be told
  std::string_view clause;   ///< that decided: "RFC 8617 section 5.2"
  std::vector<Set> sets;     ///< by instance, as far as they could be read
  unsigned oldest_pass = 0;  ///< section 5.2 step 3: lowest instance whose signature still holds; 0
};

class Validator {
 public:
  /// `header` and `hasher` must outlive it; it says to `hasher` which body hashes it wants, and
  /// starts the questions for the keys.
  Validator(const message::Header& header, dkim::BodyHasher& hasher, dns::Resolver& resolver);

  /// After hasher.finish().
  Chain finish();

 private:
  const message::Header& header_;
  dkim::BodyHasher& hasher_;
  dns::Resolver& resolver_;
};

}  // namespace mailtrust::arc
