#pragma once
// Every finding id there is, sorted. A finding made with another literal does not compile, and one
// without a text in the catalogue does not either.

#include <array>
#include <string_view>

namespace mailtrust::finding {

inline constexpr auto kIds = std::to_array<std::string_view>({
    "mx.missing",
    "mx.null",
    "spf.missing",
    "spf.too-many-lookups",
});

}  // namespace mailtrust::finding
