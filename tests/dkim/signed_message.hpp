#pragma once
// Messages signed for tests, also the way faulty signers do it, and what the verifier says of them.

#include <cstdint>
#include <memory>
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
#include "dkim/private_key.hpp"
#include "dkim/verify.hpp"
#include "dns/zone_resolver.hpp"
#include "message/header.hpp"

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

inline const dkim::PrivateKey& rsa_key() {
  static const auto key = dkim::PrivateKey::generate(dkim::KeyType::rsa, 1024);
  return *key;
}

inline const dkim::PrivateKey& ed25519_key() {
  static const auto key = dkim::PrivateKey::generate(dkim::KeyType::ed25519, 0);
  return *key;
}

inline std::string canonical_body(std::string_view body, dkim::Canonicalization form) {
  std::string text;
  dkim::BodyCanonicalizer canonicalizer(form);
  canonicalizer.update(body, text);
  canonicalizer.finish(text);
  return text;
}

/// The message with a DKIM-Signature on top.
inline Message sign(const Message& message, const SignerSays& says, const dkim::PrivateKey& key) {
  bool rsa = key.public_half().type == dkim::KeyType::rsa;
  auto hashed = says.octets_hashed.value_or(canonical_body(message.body, says.body_form));
  std::string field =
      "DKIM-Signature: v=1; a=" + std::string(rsa ? "rsa" : "ed25519") +
      "-sha256; d=example.org; s=" + (rsa ? "rsa" : "ed") +
      "; c=" + std::string(to_string(says.header_form)) + "/" +
      std::string(to_string(says.body_form)) + "; " + says.more_tags + "\r\n\th=" + says.fields +
      ";\r\n\tbh=" + encode_base64(dkim::hash(dkim::Hash::sha256, hashed)) + ";\r\n\tb=";
  auto header = message::Header::parse(message.header);
  std::vector<std::string> names;
  for (auto name : ascii::split(says.fields, ':')) names.emplace_back(name);
  auto octets = dkim::signed_octets(header, names, field + "\r\n",
                                    says.header_form_used.value_or(says.header_form));
  auto signature = key.sign(octets);
  if (!signature) throw std::runtime_error(signature.error().message);
  return {field + encode_base64(*signature) + "\r\n" + message.header, message.body};
}

inline std::string record_of(const dkim::PrivateKey& key) {
  bool rsa = key.public_half().type == dkim::KeyType::rsa;
  auto data = encode_base64(dkim::key_data(key.public_half()));
  std::string text = std::string("v=DKIM1; k=") + (rsa ? "rsa" : "ed25519") + "; p=";
  return "\"" + text + "\" \"" + data.substr(0, 200) + "\" \"" +
         (data.size() > 200 ? data.substr(200) : "") + "\"";
}

/// The keys of rsa_key() and ed25519_key(), or others.
inline std::unique_ptr<dns::ZoneResolver> zone_with(const dkim::PrivateKey& rsa,
                                                    const dkim::PrivateKey& ed25519) {
  auto text = "rsa._domainkey.example.org. 300 IN TXT " + record_of(rsa) +
              "\ned._domainkey.example.org. 300 IN TXT " + record_of(ed25519) + "\n";
  auto zone = dns::ZoneResolver::from_text(text, "keys.zone");
  if (!zone) throw std::runtime_error(zone.error()[0].message);
  return std::move(*zone);
}

// Not "Verified": signing.hpp has one, and both are linked into one program.
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
  static auto zone = zone_with(rsa_key(), ed25519_key());
  return verify(message, *zone);
}

}  // namespace mailtrust::test
