// Header and body canonicalization (RFC 6376 section 3.4) against a plain one, octet by octet; the
// body comes in pieces that the input chooses.
#include "dkim/body_canonical.hpp"
#include "dkim/canonical.hpp"
#include "fuzz/plain_canonical.hpp"
#include "message/header.hpp"

using namespace mailtrust;
using dkim::Canonicalization;
using fuzz::require;

namespace {

std::string in_pieces(std::string_view body, Canonicalization form, std::uint8_t rhythm) {
  dkim::BodyCanonicalizer canonicalizer(form);
  std::string out;
  for (std::size_t at = 0, turn = 0; at < body.size(); ++turn) {
    auto size = 1 + (rhythm >> (turn % 2 * 4) & 15U) * (rhythm % 3 + 1);
    canonicalizer.update(body.substr(at, size), out);
    at += size;
  }
  canonicalizer.finish(out);
  return out;
}

void compare_bodies(std::string_view body, std::uint8_t rhythm) {
  for (auto form : {Canonicalization::simple, Canonicalization::relaxed}) {
    auto expected = fuzz::plain_body(body, form);
    require(in_pieces(body, form, rhythm) == expected, "the quick way comes to the same");
    require(in_pieces(body, form, 0xff) == expected, "however it is cut");
    require(in_pieces(expected, form, rhythm) == expected, "canonical stays canonical");
  }
}

void compare_fields(std::string_view octets) {
  auto header = message::Header::parse(octets);
  for (const auto& field : header.fields()) {
    if (!field.is_field()) continue;
    std::string simple;
    std::string relaxed;
    append_canonical(simple, field.raw, Canonicalization::simple);
    append_canonical(relaxed, field.raw, Canonicalization::relaxed);
    require(simple == field.raw, "simple changes nothing");
    require(relaxed == fuzz::plain_relaxed(field.name, field.value),
            "relaxed the quick way is relaxed");
  }
}

}  // namespace

MAILTRUST_FUZZ(canonicalize, octets) {
  auto mode = fuzz::take(octets);
  auto rhythm = fuzz::take(octets);
  if ((mode & 1U) != 0) return compare_fields(octets);
  compare_bodies(octets, rhythm);
}
