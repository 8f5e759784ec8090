#pragma once
// Which edits together make the header what was signed.

#include <optional>
#include <span>
#include <vector>

#include "dkim/damage/draft.hpp"
#include "dkim/damage/header_probe.hpp"

namespace mailtrust::dkim::damage {

using Together = std::vector<const Edit*>;

/// None, one, two, then more of the fields that a mailing list changes at once. `edits`: the common
/// ones first. Ends with the probe's budget.
std::optional<Together> find_together(const Draft& draft, std::span<const Edit> edits,
                                      HeaderProbe& probe);

}  // namespace mailtrust::dkim::damage
