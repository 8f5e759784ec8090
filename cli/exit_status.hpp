#pragma once
// The exit status: the contract's four numbers, one for all inputs.

#include "cli/report.hpp"

namespace mailtrust::cli {

/// Good 0, bad 1, unusable 2, unknown 3.
int exit_status(Verdict verdict);

/// The one that stands for both: unusable, then bad, then unknown, then good.
Verdict worse(Verdict a, Verdict b);

}  // namespace mailtrust::cli
