#pragma once
// A hash that can be asked on the way: what would it be, if only this came after?

#include <memory>
#include <string>
#include <string_view>

#include "dkim/signature.hpp"

namespace mailtrust::dkim::damage {

class RunningHash {
 public:
  explicit RunningHash(Hash kind);
  RunningHash(RunningHash&&) noexcept;
  RunningHash& operator=(RunningHash&&) noexcept;
  ~RunningHash();

  void update(std::string_view octets);

  /// The digest of all that came and of `more`. What comes next goes on from before `more`. Empty
  /// when OpenSSL has no such hash (SHA-1 under some policies).
  [[nodiscard]] std::string digest_with(std::string_view more) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::dkim::damage
