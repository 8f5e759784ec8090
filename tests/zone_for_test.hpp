#pragma once
// A zone file of tests/zones/ as a Resolver.

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "dns/zone_resolver.hpp"

namespace mailtrust::test {

/// `name` as in tests/zones/NAME.zone. A fault in it ends the test.
inline std::unique_ptr<dns::ZoneResolver> load_zone(const std::string& name) {
  std::vector<std::string> paths{std::string(MAILTRUST_ZONES) + '/' + name + ".zone"};
  auto zone = dns::ZoneResolver::load(paths);
  if (!zone) throw std::runtime_error(zone.error()[0].where + ": " + zone.error()[0].message);
  return std::move(*zone);
}

}  // namespace mailtrust::test
