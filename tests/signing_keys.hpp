#pragma once
// Keys that sign in tests, made when the test runs, and the zones that hold their records.

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/base64.hpp"
#include "dkim/private_key.hpp"
#include "dns/zone_resolver.hpp"

namespace mailtrust::test {

inline const dkim::PrivateKey& rsa_key() {
  static const auto key = dkim::PrivateKey::generate(dkim::KeyType::rsa, 1024);
  return *key;
}

inline const dkim::PrivateKey& ed25519_key() {
  static const auto key = dkim::PrivateKey::generate(dkim::KeyType::ed25519, 0);
  return *key;
}

inline bool is_rsa(const dkim::PrivateKey& key) {
  return key.public_half().type == dkim::KeyType::rsa;
}

/// "rsa" or "ed25519", as k= and the front of a= have it.
inline std::string type_of(const dkim::PrivateKey& key) {
  return is_rsa(key) ? "rsa" : "ed25519";
}

/// For b=.
inline std::string signature_of(const dkim::PrivateKey& key, std::string_view octets) {
  auto signature = key.sign(octets);
  if (!signature) throw std::runtime_error(signature.error().message);
  return encode_base64(*signature);
}

/// A line of a zone file: the record of the key at SELECTOR._domainkey.DOMAIN.
inline std::string key_line(std::string_view selector, std::string_view domain,
                            const dkim::PrivateKey& key) {
  auto data = encode_base64(dkim::key_data(key.public_half()));
  auto half = std::min<std::size_t>(200, data.size());
  return std::string(selector) + "._domainkey." + std::string(domain) +
         ". 300 IN TXT \"v=DKIM1; k=" + type_of(key) + "; p=\" \"" + data.substr(0, half) +
         "\" \"" + data.substr(half) + "\"\n";
}

/// The selectors `rsa` and `ed`.
inline std::string key_lines(std::string_view domain, const dkim::PrivateKey& rsa,
                             const dkim::PrivateKey& ed25519) {
  return key_line("rsa", domain, rsa) + key_line("ed", domain, ed25519);
}

inline std::unique_ptr<dns::ZoneResolver> zone_of(const std::string& text) {
  auto zone = dns::ZoneResolver::from_text(text, "keys.zone");
  if (!zone) throw std::runtime_error(zone.error()[0].message);
  return std::move(*zone);
}

}  // namespace mailtrust::test
