// gzip and deflate (RFC 1952, RFC 1951): two libraries that must say the same where both are
// content, whole and in pieces.
#include "archive/gzip.hpp"

#include <array>
#include <cstdint>
#include <string>

#include "archive/unpack.hpp"
#include "base/inflater.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

constexpr std::size_t kMost = 64U << 10;

// RFC 1952 section 8.
std::uint32_t crc_of(std::string_view octets) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      table[i] = i;
      for (int bit = 0; bit < 8; ++bit)
        table[i] = (table[i] >> 1U) ^ ((table[i] & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return table;
  }();
  std::uint32_t crc = 0xffffffffU;
  for (char octet : octets)
    crc = kTable[(crc ^ static_cast<unsigned char>(octet)) & 0xffU] ^ (crc >> 8U);
  return crc ^ 0xffffffffU;
}

void append_number(std::string& out, std::uint32_t number) {
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(number >> shift);
}

struct Streamed {
  std::string octets;
  bool sound = false;
};

Streamed stream(std::string_view packed) {
  Streamed out;
  Inflater inflater;
  fuzz::Pieces pieces(packed);
  auto sink = [&](std::string_view octets) {
    out.octets += octets;
    return out.octets.size() <= kMost;
  };
  for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next())
    if (inflater.add(piece, sink) != Inflater::Outcome::good) return out;
  out.sound = inflater.is_complete();
  return out;
}

void check_gzip(std::string_view packed) {
  archive::LentRoom room;
  auto whole = archive::inflate_gzip(packed, *room, kMost);
  auto pieces = stream(packed);
  if (whole.is_over || pieces.octets.size() > kMost) return;
  require(whole.size <= kMost, "no more than was allowed");
  auto octets = (*room).first(whole.size);
  // One of the two checks the checksum of a head (FHCRC), the other does not.
  if (whole.fault.empty() && pieces.sound)
    require(pieces.octets == octets, "what is sound is the same in pieces");
  require(pieces.octets.starts_with(octets) || octets.starts_with(pieces.octets),
          "what is damaged is the same as far as it goes");
}

// What deflates soundly is sound in a gzip member of ours too.
void check_deflate(std::string_view packed) {
  archive::LentRoom room;
  auto raw = archive::inflate_raw(packed, *room, kMost);
  if (raw.is_over || !raw.fault.empty()) return;
  require(raw.consumed <= packed.size(), "it ends in the input");
  std::string octets((*room).first(raw.size));
  std::string member("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  member += packed.substr(0, raw.consumed);
  append_number(member, crc_of(octets));
  append_number(member, static_cast<std::uint32_t>(octets.size()));
  // zlib refuses some codes that nobody writes and libdeflate reads.
  auto streamed = stream(member);
  if (streamed.sound) require(streamed.octets == octets, "both libraries say the same");
  check_gzip(member);
}

}  // namespace

MAILTRUST_FUZZ(gzip, octets) {
  check_gzip(octets);
  check_deflate(octets);
}
