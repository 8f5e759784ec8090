#pragma once
// Every finding id there is, sorted. A finding made with another literal does not compile, and one
// without a text in the catalogue does not either.

#include <array>
#include <string_view>

namespace mailtrust::finding {

inline constexpr auto kIds = std::to_array<std::string_view>({
    "mx.address-as-name",
    "mx.alias",
    "mx.dns-trouble",
    "mx.missing",
    "mx.no-address",
    "mx.no-such-domain",
    "mx.null",
    "mx.null-beside-others",
    "mx.unreachable-address",
    "spf.missing",
    "spf.not-a-domain",
    "spf.permerror",
    "spf.temperror",
    "spf.too-many-lookups",
});

}  // namespace mailtrust::finding
