#pragma once
// Drafts to records that fit their answers. Used by flatten.cpp only.

#include <vector>

#include "base/expected.hpp"
#include "spf/flatten.hpp"
#include "spf/flatten_plan.hpp"

namespace mailtrust::spf {

/// Appends the records of the draft, those it refers to first. Addresses that do not fit move to
/// records of their own. `other_octets`: what else is in the answer of the draft's name.
/// Error of kind input when a record cannot be made to fit, or there is no name for one.
Expected<void> append_records(std::vector<PublishedRecord>& out, Draft draft,
                              std::size_t other_octets, FreshNames& names);

}  // namespace mailtrust::spf
