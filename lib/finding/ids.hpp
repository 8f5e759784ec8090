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
    "spf.after-all",
    "spf.authorizes-nobody",
    "spf.bad-name",
    "spf.broad-prefix",
    "spf.covered-prefix",
    "spf.dns-trouble",
    "spf.duplicate-term",
    "spf.exp-problem",
    "spf.host-bits",
    "spf.include-broken",
    "spf.include-loop",
    "spf.include-missing",
    "spf.long-record",
    "spf.lookups-disputed",
    "spf.macro-include",
    "spf.missing",
    "spf.multiple-records",
    "spf.near-lookup-limit",
    "spf.neutral-all",
    "spf.no-all",
    "spf.not-a-domain",
    "spf.not-quite-spf",
    "spf.permerror",
    "spf.plus-all",
    "spf.private-address",
    "spf.ptr",
    "spf.record-too-long",
    "spf.redirect-ignored",
    "spf.split-strings",
    "spf.syntax",
    "spf.temperror",
    "spf.too-many-lookups",
    "spf.too-many-mx",
    "spf.too-many-voids",
    "spf.unknown-modifier",
    "spf.void-lookup",
    "spf.voids-by-family",
});

}  // namespace mailtrust::finding
