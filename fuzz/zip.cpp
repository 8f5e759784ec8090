// zip (PKWARE's APPNOTE), by its directory and by the heads of its members.
#include "archive/zip.hpp"

#include "base/limits.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

using Unzip = Expected<void> (*)(std::string_view, const archive::Sink&, const archive::Bounds&);

struct Unzipped {
  std::size_t members = 0;
  std::size_t octets = 0;
};

Unzipped run(Unzip unzip, std::string_view octets, const archive::Bounds& bounds) {
  Unzipped all;
  auto sink = [&](const archive::Member& member) {
    ++all.members;
    all.octets += member.octets.size();
    require(member.fault.find('\n') == std::string::npos, "a fault is a clause");
    return true;
  };
  auto done = unzip(octets, sink, bounds);
  require(done || !done.error().message.empty(), "an error says what");
  require(all.octets <= bounds.inflated, "no more octets than allowed, whatever it claims");
  require(all.members <= bounds.members, "and no more members");
  return all;
}

}  // namespace

MAILTRUST_FUZZ(zip, octets) {
  constexpr archive::Bounds kSmall{.inflated = 4096, .members = 5};
  run(archive::unzip, octets, kSmall);
  run(archive::unzip_by_heads, octets, kSmall);
}
