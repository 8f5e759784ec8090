#include "archive/unpack.hpp"

#include "archive/budget.hpp"
#include "archive/gzip.hpp"
#include "archive/room.hpp"
#include "archive/zip.hpp"

namespace mailtrust::archive {
namespace {

Expected<void> gunzip(std::string_view octets, const Sink& sink, const Bounds& bounds) {
  LentRoom room;
  Budget budget(bounds);
  if (!budget.take_member()) return budget.too_many();
  auto inflated = inflate_gzip(octets, *room, budget.left());
  if (inflated.is_over) return budget.too_large();
  sink({{}, (*room).first(inflated.size), std::move(inflated.fault)});
  return {};
}

}  // namespace

Packing packing_of(std::string_view octets) {
  if (octets.starts_with("\x1f\x8b")) return Packing::gzip;
  // A member, an archive without members, one of several volumes.
  for (std::string_view magic : {"PK\x03\x04", "PK\x05\x06", "PK\x07\x08"})
    if (octets.starts_with(magic)) return Packing::zip;
  return Packing::none;
}

Expected<void> unpack(std::string_view octets, const Sink& sink, const Bounds& bounds) {
  switch (packing_of(octets)) {
    case Packing::gzip: return gunzip(octets, sink, bounds);
    case Packing::zip: return unzip(octets, sink, bounds);
    case Packing::none: break;
  }
  sink({{}, octets, {}});
  return {};
}

}  // namespace mailtrust::archive
