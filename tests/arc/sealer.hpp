#pragma once
// Chains made for tests, set by set, also the way faulty sealers make them.

#include <algorithm>
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
#include "message/header.hpp"
#include "signing_keys.hpp"

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
  return "a=" + type_of(key) + "-sha256; d=lists.example; s=" + (is_rsa(key) ? "rsa" : "ed") + "; ";
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

inline const std::string& good_zone() {
  static const auto text = key_lines("lists.example", rsa_key(), ed25519_key());
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
