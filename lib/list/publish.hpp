#pragma once
// Keeps the zone on a primary server in step with a list, by no more updates than the difference
// takes. RFC 2136, RFC 5782.
//
// The zone is read whole, then changed in updates of at most 64 KiB. Each holds only if the zone
// still has the version that was read, or that our update before it made; otherwise everything is
// read again. So two publishers at once, or one that was killed, leave no mixture behind that the
// next run would not see and mend.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "dns/primary.hpp"
#include "list/dnsxl_change.hpp"

namespace mailtrust::list {

/// The zone is read at most this many times before it is said that others keep changing it.
inline constexpr unsigned kMostReadings = 5;

struct Published {
  std::size_t added = 0;  ///< names; the two test entries are not counted
  std::size_t changed = 0;
  std::size_t removed = 0;
  std::uint32_t serial_before = 0;
  std::uint32_t serial = 0;
  std::vector<dnsxl::Change> planned;  ///< of a rehearsal only

  [[nodiscard]] bool is_unchanged() const;

  /// RFC 1982. Secondaries follow no zone whose serial stays.
  [[nodiscard]] bool is_serial_raised() const;

  bool wrote = false;  ///< at least one update was done
};

using PublishProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Reads the zone and tells what would be done.
Expected<Published> rehearse(dns::Primary& primary, dnsxl::Difference& difference);

/// Does it. An Error (see dns::Primary) says how far it came; what was done stays, and the next run
/// does the rest.
Expected<Published> publish(dns::Primary& primary, dnsxl::Difference& difference,
                            const PublishProgress& progress);

}  // namespace mailtrust::list
