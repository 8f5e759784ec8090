#pragma once
// Is the Authenticated Received Chain of a message whole? RFC 8617 sections 4 and 5.2.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arc/sets.hpp"
#include "arc/signature_check.hpp"
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
  std::string reason;       ///< one line; why it failed, or could not be told
  std::string_view clause;  ///< that decided: "RFC 8617 section 5.2"
  std::vector<Set> sets;    ///< by instance, as far as they could be read
  /// Section 5.2 step 5: the lowest instance down to which the message signatures hold; 0 when all
  /// of them do, and in chains of more than ten sets, where the older ones are not looked at.
  unsigned oldest_pass = 0;
};

class Validator {
 public:
  /// `header` and `hasher` must outlive it; it says to `hasher` which body hashes it wants, and
  /// starts the questions for the keys.
  Validator(const message::Header& header, dkim::BodyHasher& hasher, dns::Resolver& resolver);

  /// After hasher.finish(), once.
  Chain finish();

 private:
  /// One way to read a message signature: its canonicalizations, and its number at the hasher.
  struct Reading {
    dkim::Canonicalization header = dkim::Canonicalization::simple;
    dkim::Canonicalization body = dkim::Canonicalization::simple;
    std::size_t wish = 0;
  };

  struct Hop {
    FieldSet fields;
    dkim::ParsedSignature seal;
    dkim::ParsedSignature message;
    std::vector<Reading> readings;  ///< none: the message signature is not to be verified
  };

  void take(const FieldSet& fields);
  [[nodiscard]] std::optional<Fault> fault_of_validations() const;
  void judge_form();
  void prepare();
  void want(Hop& hop);
  void conclude(Result result, Fault why);
  void validate();
  std::vector<SignatureCheck> check_seals();
  SignatureCheck check_message(std::size_t index);
  SignatureCheck check_reading(const Hop& hop, const Reading& reading);
  unsigned find_oldest_pass();

  const message::Header& header_;
  dkim::BodyHasher& hasher_;
  dns::Resolver& resolver_;
  std::optional<Fault> fault_;  ///< found before anything was asked
  std::vector<Hop> hops_;       ///< as Chain::sets
  Chain chain_;
};

}  // namespace mailtrust::arc
