#pragma once
// Adds up what the terms of a survey cost. Used by survey() only.

#include "spf/survey.hpp"

namespace mailtrust::spf {

/// Marks loops and fills in every `total`. A term that closes a loop counts once.
void settle_costs(Survey& survey);

}  // namespace mailtrust::spf
