#include "dkim/damage/body_probe.hpp"

#include <algorithm>

#include "dkim/body_canonical.hpp"
#include "dkim/body_hash.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::string_view kCrlf = "\r\n";

// A digest costs at least as much as this many octets do.
constexpr std::uint64_t kDigestCost = 128;

// The start of the last `lines` lines.
std::size_t last_lines(std::string_view text, std::size_t lines) {
  auto at = text.size();
  for (std::size_t i = 0; i < lines && at > 0; ++i) {
    auto end = text.rfind('\n', at >= 2 ? at - 2 : 0);
    at = end == std::string_view::npos || end + 1 >= at ? 0 : end + 1;
  }
  return at;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  auto end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

}  // namespace

std::string with_crlf(std::string_view body) {
  std::string text;
  text.reserve(body.size() + body.size() / 32);
  for (std::size_t at = 0; at < body.size();) {
    auto end = std::min(body.find('\n', at), body.size());
    auto line = body.substr(at, end - at);
    at = end + 1;
    if (end < body.size() && line.ends_with('\r')) line.remove_suffix(1);
    text.append(line).append(kCrlf);
  }
  return text;
}

std::string canonical_body(std::string_view body, Canonicalization form) {
  std::string text;
  text.reserve(body.size());
  BodyCanonicalizer canonicalizer(form);
  canonicalizer.update(body, text);
  canonicalizer.finish(text);
  return text;
}

std::string_view without_last_blank_lines(std::string_view canonical) {
  while (canonical.ends_with("\r\n\r\n")) canonical.remove_suffix(2);
  return canonical == kCrlf ? std::string_view() : canonical;
}

// The start of a body, hashed as far as l= reaches.
class BodyProbe::Prefix {
 public:
  Prefix(Hash kind, std::optional<std::uint64_t> length) : hash_(kind), length_(length) {}

  void extend(std::string_view piece) {
    hash_.update(covered(piece));
    size_ += piece.size();
  }

  [[nodiscard]] std::string_view covered(std::string_view piece) const {
    if (!length_) return piece;
    return piece.substr(0, *length_ > size_ ? *length_ - size_ : 0);
  }

  [[nodiscard]] bool long_enough_with(std::string_view tail) const {
    return !length_ || *length_ <= size_ + tail.size();
  }

  [[nodiscard]] std::string digest_with(std::string_view tail) const {
    return hash_.digest_with(covered(tail));
  }

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  RunningHash hash_;
  std::optional<std::uint64_t> length_;
  std::size_t size_ = 0;
};

BodyProbe::BodyProbe(const Signature& signature, std::uint64_t octets)
    : form_(signature.body_canonicalization),
      kind_(signature.algorithm ? hash_of(*signature.algorithm) : Hash::sha256),
      length_(signature.body_length),
      wanted_(signature.body_hash),
      left_(octets) {}

bool BodyProbe::take(std::uint64_t octets) {
  if (left_ < octets) {
    left_ = 0;
    return false;
  }
  left_ -= octets;
  hashed_ += octets;
  return true;
}

bool BodyProbe::fits(std::string_view octets) {
  if (length_ && *length_ > octets.size()) return false;
  return fits_without_length(length_ ? octets.substr(0, *length_) : octets);
}

bool BodyProbe::fits_without_length(std::string_view octets) {
  if (!take(octets.size() + kDigestCost)) return false;
  ++tried_;
  return hash(kind_, octets) == wanted_;
}

bool BodyProbe::ends_here(const Prefix& prefix, std::string_view tail) {
  if (!prefix.long_enough_with(tail) || !take(tail.size() + kDigestCost)) return false;
  ++tried_;
  return prefix.digest_with(tail) == wanted_;
}

// Empty lines before the end are no part of the canonical body (RFC 6376 section 3.4.3), so only
// ends of lines that have something are asked about.
std::optional<std::size_t> BodyProbe::find_end(std::string_view canonical, std::size_t lines) {
  auto text = without_last_blank_lines(canonical);
  // What comes after l= is not hashed, and what comes before it must be there.
  if (length_) return fits(text) ? std::optional(canonical.size()) : std::nullopt;
  if (!take(text.size())) return std::nullopt;
  auto at = last_lines(text, lines);
  Prefix prefix(kind_, length_);
  prefix.extend(without_last_blank_lines(text.substr(0, at)));

  std::string_view empty = form_ == Canonicalization::simple ? kCrlf : std::string_view();
  if (ends_here(prefix, prefix.size() == 0 ? empty : std::string_view())) return prefix.size();
  while (at < text.size()) {
    auto end = line_end(text, at);
    bool blank = end - at <= kCrlf.size();
    at = end;
    if (blank && end < text.size()) continue;
    prefix.extend(text.substr(prefix.size(), end - prefix.size()));
    if (ends_here(prefix, {})) return end == text.size() ? canonical.size() : end;
    if (spent()) break;
  }
  return std::nullopt;
}

std::optional<std::size_t> BodyProbe::find_joint(std::string_view head, std::string_view tail,
                                                 std::size_t lines) {
  if (!take(head.size())) return std::nullopt;
  auto at = last_lines(head, lines);
  Prefix prefix(kind_, length_);
  prefix.extend(head.substr(0, at));
  while (at < head.size() && !spent()) {
    if (ends_here(prefix, tail)) return at;
    auto end = line_end(head, at);
    prefix.extend(head.substr(at, end - at));
    at = end;
  }
  return std::nullopt;
}

}  // namespace mailtrust::dkim::damage
