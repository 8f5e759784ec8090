#pragma once
// What a tally comes to: rows compared with the week before, and the one thing that matters.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "delivery/ledger.hpp"
#include "delivery/tally.hpp"

namespace mailtrust::delivery {

struct Compared {
  std::string key;        ///< of By; of a week "2026-W47"
  std::int64_t week = 0;  ///< its Monday, for By::week
  Sums sums;              ///< of the week, else of all weeks
  Sums latest;            ///< of Summary::week; of a week its own
  std::optional<Sums>
      before;  ///< of the week before that; nothing when the counts do not reach back
};

struct Summary {
  By by = By::week;
  std::vector<Compared> rows;  ///< weeks in order; else what failed most comes first
  Sums total;

  /// The last week that has ended; while none has, the one that has not.
  std::optional<std::int64_t> week;
  bool finished = false;
  Sums latest;                 ///< of that week
  std::optional<Sums> before;  ///< of the week before it

  std::optional<Sums> running;  ///< of the week that runs, where that is another one

  /// Of that week: why mail failed or was put off, most failures first.
  std::vector<std::pair<bounce::Reason, Sums>> reasons;
  /// Of that week: the domain with more than half of the hard failures, or of the soft ones where
  /// there are no hard ones; empty when there is none.
  std::string domain;
};

/// Weeks outside `period` are left out, those that begin or end within it are in.
Summary summarize(const Tally& tally, By by, const Period& period, std::int64_t now);

}  // namespace mailtrust::delivery
