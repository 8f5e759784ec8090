#pragma once
// Findings about bounces. RFC 3464.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kBounce = std::to_array<Entry>({
    {"bounce.too-many-recipients", Severity::warning, "RFC 5321 section 4.5.3.1.8",
     "The notice names more recipients than are read",
     "Of one notice 10,000 recipients are read; whoever stands behind them is missing here, and in "
     "what was made of this answer.\n"
     "\n"
     "Servers send to a hundred recipients at a time, few to more than a thousand, so such a "
     "notice is most likely forged or damaged. If it is real, your server's log tells of all of "
     "them: `mailtrust bounce report LOG`."},
});

}  // namespace mailtrust::finding
