#pragma once
// The question to the evidence: are these the octets that b= was made over?

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dkim/public_key.hpp"
#include "dkim/signature.hpp"

namespace mailtrust::dkim::damage {

/// With RSA the signature tells the hash it was made over, and up to 6,000 candidates are hashed
/// for one operation of the key; with Ed25519 up to 200 candidates are verified. Either way at most
/// 8 MiB; after that every answer is no.
class HeaderProbe {
 public:
  HeaderProbe(const PublicKey& key, const Signature& signature);

  /// False: this key made no such signature, whatever the header was.
  [[nodiscard]] bool can_match() const { return ed25519_ || hash_.has_value(); }

  /// The key did make it: it is the header that is not the one that was signed.
  [[nodiscard]] bool knows_hash() const { return hash_.has_value(); }

  bool fits(std::string_view octets);

  [[nodiscard]] bool spent() const { return left_ == 0; }

  [[nodiscard]] std::uint64_t hashed() const { return hashed_; }  ///< octets

  [[nodiscard]] std::size_t tried() const { return tried_; }  ///< candidates

 private:
  const PublicKey& key_;
  const Signature& signature_;
  bool ed25519_;
  std::optional<std::string> hash_;
  std::size_t left_;
  std::uint64_t octets_left_;
  std::uint64_t hashed_ = 0;
  std::size_t tried_ = 0;
};

}  // namespace mailtrust::dkim::damage
