#pragma once
// The rows of a statement, one after the other.

#include <type_traits>

#include "base/expected.hpp"
#include "store/statement.hpp"

namespace mailtrust::store {

/// Calls `visit()` while `query` stands on each of its rows. A visit that gives something, a bool
/// or an Expected<bool>, ends it by false or by its Error.
template <typename Visit>
Expected<void> each_row(Statement& query, Visit visit) {
  for (;;) {
    auto found = query.step();
    if (!found) return fail(found.error());
    if (!*found) return {};
    if constexpr (std::is_void_v<std::invoke_result_t<Visit&>>) {
      visit();
    } else {
      Expected<bool> goes_on = visit();
      if (!goes_on) return fail(goes_on.error());
      if (!*goes_on) return {};
    }
  }
}

}  // namespace mailtrust::store
