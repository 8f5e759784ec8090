#pragma once
// The question to the evidence: is this the body that bh= was made of? RFC 6376 section 3.7.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dkim/running_hash.hpp"
#include "dkim/signature.hpp"

namespace mailtrust::dkim::damage {

/// The body as it came, every line ended by CRLF; a lone CR stays.
std::string with_crlf(std::string_view body);

std::string canonical_body(std::string_view body, Canonicalization form);

/// Without the empty lines at the end: CRLFs after the last line that has something.
std::string_view without_last_blank_lines(std::string_view canonical);

/// `canonical` texts are lines that end in CRLF. Once the octets are spent every answer is no.
class BodyProbe {
 public:
  /// `octets`: how many may be hashed in all.
  BodyProbe(const Signature& signature, std::uint64_t octets);

  [[nodiscard]] Canonicalization form() const { return form_; }

  /// The body in the form of the signature.
  [[nodiscard]] std::string canonical(std::string_view body) const {
    return canonical_body(body, form_);
  }

  /// Octets that are hashed as they are, but for l=.
  bool fits(std::string_view octets);

  /// The same whatever l= says.
  bool fits_without_length(std::string_view octets);

  /// Where the text has to end to be what was signed: `canonical.size()` when it is whole, else the
  /// end of one of the last `lines` lines, or 0 for an empty body. One pass.
  std::optional<std::size_t> find_end(std::string_view canonical, std::size_t lines);

  /// Where `head` has to end so that with `tail`, which is not empty, it is what was signed: before
  /// one of its last `lines` lines.
  std::optional<std::size_t> find_joint(std::string_view head, std::string_view tail,
                                        std::size_t lines);

  [[nodiscard]] bool spent() const { return left_ == 0; }

  [[nodiscard]] std::uint64_t hashed() const { return hashed_; }  ///< octets

  [[nodiscard]] std::size_t tried() const { return tried_; }  ///< candidates

 private:
  class Prefix;

  bool take(std::uint64_t octets);
  bool ends_here(const Prefix& prefix, std::string_view tail);

  Canonicalization form_;
  Hash kind_;
  std::optional<std::uint64_t> length_;
  std::string wanted_;
  std::uint64_t left_;
  std::uint64_t hashed_ = 0;
  std::size_t tried_ = 0;
};

}  // namespace mailtrust::dkim::damage
