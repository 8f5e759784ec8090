#include "dnsbl/table.hpp"

#include "base/ascii.hpp"

namespace mailtrust::dnsbl {
namespace {

constexpr std::string_view kPlace = "{key}";

constexpr Row kRows[] = {
#include "dnsbl/zones.inc"
};

std::string_view without_final_dot(std::string_view zone) {
  if (zone.ends_with('.')) zone.remove_suffix(1);
  return zone;
}

}  // namespace

std::span<const Row> all() {
  return kRows;
}

std::string_view key_in(const Row& row, std::string_view zone) {
  if (row.keyed.empty()) return {};
  zone = without_final_dot(zone);
  auto tail = row.keyed.substr(kPlace.size());
  if (zone.size() <= tail.size() || !ascii::iends_with(zone, tail)) return {};
  return zone.substr(0, zone.size() - tail.size());
}

const Row* find_row(std::string_view zone) {
  zone = without_final_dot(zone);
  for (const auto& row : kRows)
    if (ascii::iequals(row.zone, zone) || !key_in(row, zone).empty()) return &row;
  return nullptr;
}

}  // namespace mailtrust::dnsbl
