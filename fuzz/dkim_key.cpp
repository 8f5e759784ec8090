// DKIM key records (RFC 6376 section 3.6.1) and the octets of keys.
#include "base/limits.hpp"
#include "dkim/key_fitness.hpp"
#include "dkim/key_record.hpp"
#include "dkim/repair.hpp"
#include "fuzz/faults.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

void look_at(const dkim::PublicKey& key) {
  require(key.handle != nullptr, "a key that was read can be used");
  require(key.bits > 0, "and has a size");
  auto again = dkim::parse_public_key(key.type, dkim::key_data(key));
  require(again && again->identity == key.identity && again->type == key.type,
          "its octets read back as the same key");
  require(key.type != dkim::KeyType::rsa || !dkim::is_good_exponent(key) ||
              key.exponent_value.value_or(0) % 2 == 1,
          "good exponents are odd");
}

}  // namespace

MAILTRUST_FUZZ(dkim_key, octets) {
  if (dkim::is_key_record(octets)) require(!octets.empty(), "nothing is no key");
  auto parsed = dkim::parse_key_record(octets);
  const auto& record = parsed.record;
  fuzz::require_in_order(parsed.faults, octets);
  require(record.text == octets, "a record keeps its text");
  require(record.key_column <= octets.size() + 1 && record.type_column <= octets.size() + 1,
          "columns lie in the text");
  require(!record.revoked || !record.key, "a revoked key is none");
  require(record.key || record.revoked || !parsed.faults.empty(), "no key, and no word why");
  if (record.key) look_at(*record.key);
}
