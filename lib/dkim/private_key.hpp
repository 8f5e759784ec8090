#pragma once
// The half that signs: read from a file, or made. RFC 8301 (sizes), RFC 8463 (Ed25519).

#include <memory>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "dkim/public_key.hpp"
#include "dkim/signature.hpp"

namespace mailtrust::dkim {

class PrivateKey {
 public:
  /// PEM or DER, PKCS#1 or PKCS#8, unencrypted; for Ed25519 also base64 of the seed, alone or with
  /// the public half behind it, as other signers keep it. `where` goes into the Error (kind input).
  static Expected<PrivateKey> parse(std::string_view file_content, std::string_view where);

  /// A new one. `bits` for RSA only, 1024 to limits::kRsaBitsMost.
  static Expected<PrivateKey> generate(KeyType type, unsigned bits);

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey();

  [[nodiscard]] const PublicKey& public_half() const;
  [[nodiscard]] std::string pem() const;  ///< PKCS#8

  /// The signature for b=, raw. `octets` as signed_octets() makes them.
  [[nodiscard]] Expected<std::string> sign(std::string_view octets) const;

 private:
  class Impl;
  explicit PrivateKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::dkim
