#pragma once
// Messages signed with keys made when the test runs: also with keys, hashes and tags that no honest
// signer would use.

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "dkim/body_hash.hpp"
#include "dkim/canonical.hpp"
#include "dkim/verify.hpp"
#include "dns/zone_resolver.hpp"
#include "message/reader.hpp"

namespace mailtrust::forge {

/// A private key, and the record for its public half.
class SigningKey {
 public:
  explicit SigningKey(EVP_PKEY* key) : key_(key, EVP_PKEY_free) {}

  static SigningKey rsa(unsigned bits, unsigned exponent = 65537) {
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr);
    BIGNUM* e = BN_new();
    EVP_PKEY* key = nullptr;
    BN_set_word(e, exponent);
    EVP_PKEY_keygen_init(context);
    EVP_PKEY_CTX_set_rsa_keygen_bits(context, static_cast<int>(bits));
    EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context, e);
    if (EVP_PKEY_generate(context, &key) != 1) throw std::runtime_error("no RSA key");
    BN_free(e);
    EVP_PKEY_CTX_free(context);
    return SigningKey(key);
  }

  static SigningKey ed25519() { return SigningKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

  [[nodiscard]] bool is_rsa() const { return EVP_PKEY_is_a(key_.get(), "RSA") == 1; }

  [[nodiscard]] std::string spki() const {
    unsigned char* der = nullptr;
    auto size = i2d_PUBKEY(key_.get(), &der);
    std::string octets(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return octets;
  }

  [[nodiscard]] std::string record() const {
    constexpr std::size_t kRaw = 32;
    auto octets = spki();
    return is_rsa() ? "v=DKIM1; k=rsa; p=" + encode_base64(octets)
                    : "v=DKIM1; k=ed25519; p=" + encode_base64(octets.substr(octets.size() - kRaw));
  }

  [[nodiscard]] std::string sign(dkim::Hash hash, std::string_view octets) const {
    auto digest = dkim::hash(hash, octets);
    std::string signature(2048, '\0');
    auto size = signature.size();
    auto* to = reinterpret_cast<unsigned char*>(signature.data());
    const auto* from = reinterpret_cast<const unsigned char*>(digest.data());
    if (is_rsa()) {
      EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key_.get(), nullptr);
      EVP_PKEY_sign_init(context);
      EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING);
      EVP_PKEY_CTX_set_signature_md(context, hash == dkim::Hash::sha1 ? EVP_sha1() : EVP_sha256());
      EVP_PKEY_sign(context, to, &size, from, digest.size());
      EVP_PKEY_CTX_free(context);
    } else {
      EVP_MD_CTX* context = EVP_MD_CTX_new();
      EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key_.get());
      EVP_DigestSign(context, to, &size, from, digest.size());
      EVP_MD_CTX_free(context);
    }
    signature.resize(size);
    return signature;
  }

 private:
  std::shared_ptr<EVP_PKEY> key_;
};

/// The one that signs where it does not matter which.
inline const SigningKey& rsa_key() {
  static const auto key = SigningKey::rsa(1024);
  return key;
}

/// What the signature field says. `more` goes in as it is: "l=5; ".
struct Tags {
  std::string algorithm = "rsa-sha256";
  std::string canonicalization = "relaxed/relaxed";
  std::string domain = "example.org";
  std::string selector = "s1";
  std::string fields = "from:to:subject:date";
  std::string more;
  std::string body_hash;  ///< instead of the right one, in base64
  std::string version = "v=1; ";
};

/// A message in two parts; lines end in CRLF.
struct Letter {
  std::string header =
      "From: Alice <alice@example.org>\r\nTo: bob@example.net\r\n"
      "Subject: the  figures\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n";
  std::string body = "Hello Bob,\r\n\r\nhere  they are.\r\n";

  [[nodiscard]] std::string text() const { return header + "\r\n" + body; }
};

/// `sign` makes the octets of b= from those that are signed.
template <typename Sign>
inline std::string signature_field(const Letter& letter, const Tags& tags, Sign sign) {
  auto head = "DKIM-Signature: " + tags.version + "a=" + tags.algorithm + "; d=" + tags.domain +
              "; s=" + tags.selector + "; h=" + tags.fields + ";\r\n\t" + tags.more;
  if (!tags.canonicalization.empty()) head += "c=" + tags.canonicalization + "; ";
  auto parsed = dkim::parse_signature(head.substr(head.find(':') + 1) + "bh=AA==; b=AA==");
  const auto& signature = parsed.signature;
  auto hash = tags.algorithm == "rsa-sha1" ? dkim::Hash::sha1 : dkim::Hash::sha256;
  dkim::BodyHasher hasher;
  auto number = hasher.want({signature.body_canonicalization, hash, signature.body_length});
  hasher.update(letter.body);
  hasher.finish();
  auto body_hash = tags.body_hash.empty() ? encode_base64(hasher.digest(number)) : tags.body_hash;
  head += "bh=" + body_hash + ";\r\n\tb=";
  std::vector<std::string> names;
  for (auto name : ascii::split(tags.fields, ':')) names.emplace_back(ascii::trim(name));
  auto octets = dkim::signed_octets(message::Header::parse(letter.header), names, head + "\r\n",
                                    signature.header_canonicalization);
  return head + encode_base64(sign(octets)) + "\r\n";
}

inline std::string signature_field(const Letter& letter, const Tags& tags, const SigningKey& key) {
  auto hash = tags.algorithm == "rsa-sha1" ? dkim::Hash::sha1 : dkim::Hash::sha256;
  return signature_field(letter, tags,
                         [&](const std::string& octets) { return key.sign(hash, octets); });
}

/// The letter with its signature in front.
inline Letter signed_letter(Letter letter, const Tags& tags, const SigningKey& key) {
  letter.header.insert(0, signature_field(letter, tags, key));
  return letter;
}

/// TXT records by name, as a Resolver that counts what it is asked.
class TxtZone : public dns::Resolver {
 public:
  explicit TxtZone(const std::vector<std::pair<std::string, std::string>>& records) {
    std::string text;
    for (const auto& [name, value] : records) text += name + ". IN TXT" + strings(value) + '\n';
    auto zone = dns::ZoneResolver::from_text(text, "zone");
    if (!zone) throw std::runtime_error(zone.error()[0].message);
    zone_ = std::move(*zone);
  }

  /// One key, as s1 of example.org.
  explicit TxtZone(const std::string& record) : TxtZone({{"s1._domainkey.example.org", record}}) {}

  dns::AnswerPtr query(const dns::Question& question) override {
    ++asked;
    return zone_->query(question);
  }

  std::size_t asked = 0;

 private:
  static std::string strings(std::string_view value) {
    constexpr std::size_t kString = 250;
    std::string out;
    for (; !value.empty(); value.remove_prefix(std::min(kString, value.size())))
      out += " \"" + std::string(value.substr(0, kString)) + '"';
    return out;
  }

  std::unique_ptr<dns::ZoneResolver> zone_;
};

inline constexpr std::int64_t kNow = 1'800'000'000;

struct Verified {
  message::Header header;
  std::vector<dkim::Verification> signatures;
  std::size_t passed_over = 0;
};

/// The whole way: reader, header, body in pieces.
inline Verified verify(std::string message, dns::Resolver& resolver, std::int64_t now = kNow) {
  message::HeldOctets octets(std::move(message));
  message::Reader reader(octets, "test.eml");
  Verified verified;
  auto header = reader.header();
  if (!header) throw std::runtime_error(header.error().message);
  verified.header = std::move(*header);
  dkim::Verifier verifier(verified.header, resolver, now);
  for (auto piece = reader.body(); piece && !piece->empty(); piece = reader.body())
    verifier.body(*piece);
  verified.signatures = verifier.finish();
  verified.passed_over = verifier.passed_over();
  return verified;
}

/// The result of the first signature; "none" without one.
inline std::string result_of(const std::string& message, dns::Resolver& resolver,
                             std::int64_t now = kNow) {
  auto verified = verify(message, resolver, now);
  return std::string(
      verified.signatures.empty() ? "none" : dkim::to_string(verified.signatures.front().result));
}

}  // namespace mailtrust::forge
