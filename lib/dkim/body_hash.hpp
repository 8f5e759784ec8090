#pragma once
// All body hashes of a message in one pass over its body. RFC 6376 sections 3.4 and 3.7.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dkim/body_canonical.hpp"
#include "dkim/running_hash.hpp"
#include "dkim/signature.hpp"

namespace mailtrust::dkim {

class BodyHasher {
 public:
  /// What one signature wants.
  struct Wish {
    Canonicalization form = Canonicalization::simple;
    Hash hash = Hash::sha256;
    std::optional<std::uint64_t> length;  ///< l=: canonical octets that are hashed
  };

  BodyHasher();
  BodyHasher(BodyHasher&&) noexcept;
  BodyHasher& operator=(BodyHasher&&) noexcept;
  ~BodyHasher();

  /// Before the first update(). The number to ask digest() with. Equal wishes share their work.
  std::size_t want(const Wish& wish);

  void update(std::string_view piece);
  void finish();  ///< a second time does nothing

  /// After finish(). Empty when OpenSSL has no such hash (SHA-1 under some policies).
  [[nodiscard]] const std::string& digest(std::size_t number) const;

  /// Octets of the canonical body in that form; 0 when nobody wanted it.
  [[nodiscard]] std::uint64_t canonical_size(Canonicalization form) const;

  /// How its lines end; zeros when nobody wanted a hash.
  [[nodiscard]] LineEnds line_ends() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::dkim
