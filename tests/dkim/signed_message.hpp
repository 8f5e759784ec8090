#pragma once
// Messages signed for tests, also the way faulty signers do it, and what the verifier says of them.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "dkim/body_hash.hpp"
#include "dkim/canonical.hpp"
#include "dkim/diagnose.hpp"
#include "dkim/verify.hpp"
#include "message/header.hpp"
#include "signing_keys.hpp"

namespace mailtrust::test {

struct Message {
  std::string header;  ///< fields, each with its CRLF
  std::string body;
};

/// What a signer says (c=, l=, h=) and what it does, which should be the same.
struct SignerSays {
  dkim::Canonicalization header_form = dkim::Canonicalization::relaxed;
  dkim::Canonicalization body_form = dkim::Canonicalization::relaxed;
  std::string fields =
      "From:To:Subject:Date:Reply-To:MIME-Version:Content-Type:"
      "Content-Transfer-Encoding";
  std::string more_tags;  ///< "l=10; "
  std::optional<dkim::Canonicalization> header_form_used;
  std::optional<std::string> octets_hashed;  ///< for bh=, in place of the canonical body
};

inline std::string canonical_body(std::string_view body, dkim::Canonicalization form) {
  std::string text;
  dkim::BodyCanonicalizer canonicalizer(form);
  canonicalizer.update(body, text);
  canonicalizer.finish(text);
  return text;
}

/// The message with a DKIM-Signature on top.
inline Message sign(const Message& message, const SignerSays& says, const dkim::PrivateKey& key) {
  auto hashed = says.octets_hashed.value_or(canonical_body(message.body, says.body_form));
  std::string field =
      "DKIM-Signature: v=1; a=" + type_of(key) +
      "-sha256; d=example.org; s=" + (is_rsa(key) ? "rsa" : "ed") +
      "; c=" + std::string(to_string(says.header_form)) + "/" +
      std::string(to_string(says.body_form)) + "; " + says.more_tags + "\r\n\th=" + says.fields +
      ";\r\n\tbh=" + encode_base64(dkim::hash(dkim::Hash::sha256, hashed)) + ";\r\n\tb=";
  auto header = message::Header::parse(message.header);
  std::vector<std::string> names;
  for (auto name : ascii::split(says.fields, ':')) names.emplace_back(name);
  auto octets = dkim::signed_octets(header, names, field + "\r\n",
                                    says.header_form_used.value_or(says.header_form));
  return {field + signature_of(key, octets) + "\r\n" + message.header, message.body};
}

struct Judged {
  message::Header header;
  dkim::Verification verification;
};

inline Judged verify(const Message& message, dns::Resolver& resolver) {
  Judged verified;
  verified.header = message::Header::parse(message.header);
  dkim::Verifier verifier(verified.header, resolver, 1'700'000'000);
  verifier.body(message.body);
  auto all = verifier.finish();
  if (all.empty()) throw std::runtime_error("no signature");
  verified.verification = std::move(all.front());
  return verified;
}

inline Judged verify(const Message& message) {
  static auto zone = zone_of(key_lines("example.org", rsa_key(), ed25519_key()));
  return verify(message, *zone);
}

}  // namespace mailtrust::test
