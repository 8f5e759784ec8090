#pragma once
// Hashes, by OpenSSL: of octets that are there, and of octets as they come.

#include <memory>
#include <string>
#include <string_view>

#include "dkim/signature.hpp"

namespace mailtrust::dkim {

/// Raw. Empty when OpenSSL has no such hash (SHA-1 under some policies).
std::string hash(Hash kind, std::string_view octets);

/// A hash that can be asked on the way.
class RunningHash {
 public:
  explicit RunningHash(Hash kind);
  RunningHash(RunningHash&&) noexcept;
  RunningHash& operator=(RunningHash&&) noexcept;
  ~RunningHash();

  void update(std::string_view octets);

  /// The digest of all that came and of `more`. What comes next goes on from before `more`. Empty
  /// when OpenSSL has no such hash.
  [[nodiscard]] std::string digest_with(std::string_view more) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::dkim
