#pragma once
// Chains made for tests, set by set, also the way faulty sealers make them.

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "arc/chain.hpp"
#include "arc/sets.hpp"
#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "dkim/body_hash.hpp"
#include "dkim/canonical.hpp"
#include "dkim/private_key.hpp"
#include "dns/zone_resolver.hpp"
#include "message/header.hpp"

namespace mailtrust::test {

/// A message in pieces, so that a test can take any of them out or change it.
struct Mail {
  std::vector<std::string> fields;  ///< without their CRLF, the topmost first
  std::string body = "Dear all,\r\nthis is the minutes.\r\n";

  [[nodiscard]] std::string header() const {
    std::string text;
    for (const auto& field : fields) text += field + "\r\n";
    return text;
  }

  /// The place of the field that starts so; throws when there is none.
  std::string& field(std::string_view start) {
    for (auto& field : fields)
      if (field.starts_with(start)) return field;
    throw std::runtime_error("no field " + std::string(start));
  }
};

inline Mail plain_mail() {
  return {{"From: Ann <ann@example.org>", "To: list@example.net", "Subject: minutes"}};
}

inline const dkim::PrivateKey& rsa_key() {
  static const auto key = dkim::PrivateKey::generate(dkim::KeyType::rsa, 1024);
  return *key;
}

inline const dkim::PrivateKey& ed25519_key() {
  static const auto key = dkim::PrivateKey::generate(dkim::KeyType::ed25519, 0);
  return *key;
}

inline const dkim::PrivateKey& other_key() {
  static const auto key = dkim::PrivateKey::generate(dkim::KeyType::rsa, 1024);
  return *key;
}

/// What one set says.
struct Sealing {
  std::string instance = "1";
  std::string validation = "none";
  std::string fields = "From:To:Subject:ARC-Authentication-Results";
  std::string message_tags = "c=relaxed/relaxed; ";
  std::string seal_tags = {};
  const dkim::PrivateKey* message_key = &rsa_key();
  const dkim::PrivateKey* seal_key = &rsa_key();
};

inline std::string key_tags(const dkim::PrivateKey& key) {
  bool rsa = key.public_half().type == dkim::KeyType::rsa;
  return std::string("a=") + (rsa ? "rsa" : "ed25519") +
         "-sha256; d=lists.example; s=" + (rsa ? "rsa" : "ed") + "; ";
}

inline std::string signature_of(const dkim::PrivateKey& key, std::string_view octets) {
  auto signature = key.sign(octets);
  if (!signature) throw std::runtime_error(signature.error().message);
  return encode_base64(*signature);
}

inline std::string message_signature(const Mail& mail, const Sealing& says) {
  dkim::BodyHasher hasher;
  auto wish = hasher.want({dkim::Canonicalization::relaxed, dkim::Hash::sha256, {}});
  hasher.update(mail.body);
  hasher.finish();
  auto field = "ARC-Message-Signature: i=" + says.instance + "; " + key_tags(*says.message_key) +
               says.message_tags + "\r\n\th=" + says.fields +
               ";\r\n\tbh=" + encode_base64(hasher.digest(wish)) + ";\r\n\tb=";
  std::vector<std::string> names;
  for (auto name : ascii::split(says.fields, ':')) names.emplace_back(name);
  auto header = message::Header::parse(mail.header());
  auto octets = dkim::signed_octets(header, names, field + "\r\n", dkim::Canonicalization::relaxed);
  return field + signature_of(*says.message_key, octets);
}

/// Puts one more set on top. What is not well-formed is sealed as far as it can be.
inline void seal(Mail& mail, const Sealing& says) {
  auto put = [&](std::string field) { mail.fields.insert(mail.fields.begin(), std::move(field)); };
  put("ARC-Authentication-Results: i=" + says.instance + "; lists.example;\r\n\tspf=pass");
  put(message_signature(mail, says));
  put("ARC-Seal: i=" + says.instance + "; cv=" + says.validation + "; " + key_tags(*says.seal_key) +
      says.seal_tags + "\r\n\tb=");
  auto header = message::Header::parse(mail.header());
  auto gathered = arc::gather(header);
  if (gathered.fault) return;
  std::string earlier;
  for (std::size_t i = 0; i + 1 < gathered.sets.size(); ++i)
    arc::append_set(earlier, gathered.sets[i]);
  mail.fields.front() +=
      signature_of(*says.seal_key, arc::sealed_octets(earlier, gathered.sets.back()));
}

/// A good chain of that many sets.
inline Mail sealed_mail(unsigned sets) {
  auto mail = plain_mail();
  for (unsigned i = 1; i <= sets; ++i) {
    Sealing says;
    says.instance = std::to_string(i);
    says.validation = i == 1 ? "none" : "pass";
    seal(mail, says);
  }
  return mail;
}

inline std::string record_of(const dkim::PrivateKey& key) {
  bool rsa = key.public_half().type == dkim::KeyType::rsa;
  auto data = encode_base64(dkim::key_data(key.public_half()));
  return std::string(" 300 IN TXT \"v=DKIM1; k=") + (rsa ? "rsa" : "ed25519") + "; p=\" \"" +
         data.substr(0, 200) + "\" \"" + data.substr(std::min<std::size_t>(200, data.size())) +
         "\"\n";
}

inline std::unique_ptr<dns::ZoneResolver> zone_of(const std::string& text) {
  auto zone = dns::ZoneResolver::from_text(text, "keys.zone");
  if (!zone) throw std::runtime_error(zone.error()[0].message);
  return std::move(*zone);
}

inline const std::string& good_zone() {
  static const auto text = "rsa._domainkey.lists.example." + record_of(rsa_key()) +
                           "ed._domainkey.lists.example." + record_of(ed25519_key());
  return text;
}

inline arc::Chain validate(const Mail& mail, dns::Resolver& resolver) {
  auto header = message::Header::parse(mail.header());
  dkim::BodyHasher hasher;
  arc::Validator validator(header, hasher, resolver);
  hasher.update(mail.body);
  hasher.finish();
  return validator.finish();
}

inline arc::Chain validate(const Mail& mail) {
  static auto zone = zone_of(good_zone());
  return validate(mail, *zone);
}

}  // namespace mailtrust::test
