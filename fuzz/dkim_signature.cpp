// DKIM-Signature, ARC-Message-Signature and ARC-Seal fields (RFC 6376 section 3.5, RFC 8617).
#include <algorithm>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/limits.hpp"
#include "dkim/canonical.hpp"
#include "dkim/signature.hpp"
#include "dkim/signature_values.hpp"
#include "fuzz/faults.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

void require_sound(const dkim::Signature& signature) {
  require(signature.algorithm.has_value(), "an algorithm we have");
  require(!signature.domain.empty() && !signature.selector.empty(), "a key that can be asked for");
  require(!signature.octets.empty(), "and something to verify");
  auto at = signature.identity.rfind('@');
  require(at != std::string::npos, "an identity");
  require(dkim::is_within(signature.identity.substr(at + 1), signature.domain), "of the domain");
  require(
      !signature.timestamp || !signature.expiration || *signature.timestamp < *signature.expiration,
      "ends after it began");
  require(signature.signed_fields.size() <= limits::kSignedFields, "no more fields than the limit");
  for (const auto& name : signature.signed_fields)
    require(signature.covers(ascii::to_lower(name)), "what is named is covered");
}

// The tags one a line, blanks gone from values that may have them anywhere.
std::string print(const dkim::ParsedSignature& parsed) {
  std::string out;
  for (const auto& tag : parsed.tags) {
    bool is_octets = tag.name == "b" || tag.name == "bh" || tag.name == "h";
    out +=
        tag.name + "=" + (is_octets ? tag_list::without_space(tag.value) : tag.value) + ";\r\n\t";
  }
  return out;
}

void require_same(const dkim::Signature& a, const dkim::Signature& b) {
  require(a.algorithm == b.algorithm && a.domain == b.domain && a.selector == b.selector,
          "a, d, s");
  require(a.identity == b.identity && a.signed_fields == b.signed_fields, "i, h");
  require(a.body_hash == b.body_hash && a.octets == b.octets, "bh, b");
  require(
      a.body_length == b.body_length && a.timestamp == b.timestamp && a.expiration == b.expiration,
      "l, t, x");
}

// Taking b= out leaves a field that says the same of everything else.
void require_taken_out(std::string_view value) {
  auto raw = "A:" + std::string(value) + "\r\n";
  auto without = dkim::without_signature(raw);
  require(without.size() <= raw.size() && without.starts_with("A:"), "nothing is added");
  require(dkim::without_signature(without) == without, "once is enough");
}

}  // namespace

MAILTRUST_FUZZ(dkim_signature, octets) {
  auto mode = fuzz::take(octets) % 3;
  auto* parse = mode == 0   ? dkim::parse_signature
                : mode == 1 ? dkim::parse_arc_message_signature
                            : dkim::parse_arc_seal;
  auto parsed = parse(octets);
  fuzz::require_in_order(parsed.faults, octets);
  require(parsed.tags.size() <= limits::kTags, "no more tags than the limit");
  require_taken_out(octets);
  if (!parsed.faults.empty()) return;
  require_sound(parsed.signature);
  require(mode != 0 || parsed.signature.covers("From"), "From is signed");
  auto again = parse(print(parsed));
  require(again.faults.empty(), "what was printed is right, too");
  require_same(again.signature, parsed.signature);
}
