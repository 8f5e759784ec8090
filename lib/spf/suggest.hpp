#pragma once
// "Did you mean": the term that somebody wanted to write.

#include <optional>
#include <string>
#include <string_view>

namespace mailtrust::spf {

/// For a term that is wrong, or an unknown modifier that looks like a mechanism: one or more terms
/// that are right, separated by spaces. Nothing when there is no good guess.
std::optional<std::string> suggest(std::string_view term);

}  // namespace mailtrust::spf
