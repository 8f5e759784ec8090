#pragma once
// Every finding id there is, sorted. A finding made with another literal does not compile, and one
// without a text in the catalogue does not either.

#include <array>
#include <string_view>

namespace mailtrust::finding {

inline constexpr auto kIds = std::to_array<std::string_view>({
    "dkim.bad-exponent",
    "dkim.bad-modulus",
    "dkim.dangling-cname",
    "dkim.dns-trouble",
    "dkim.granularity",
    "dkim.key-mismatch",
    "dkim.key-missing",
    "dkim.key-revoked",
    "dkim.key-too-large",
    "dkim.key-unsure",
    "dkim.multiple-records",
    "dkim.no-selector-known",
    "dkim.pkcs1",
    "dkim.private-key-readable",
    "dkim.service-not-email",
    "dkim.sha1-only",
    "dkim.short-key",
    "dkim.spki-ed25519",
    "dkim.syntax",
    "dkim.testing",
    "dkim.type-mismatch",
    "dkim.unknown-tag",
    "dkim.unknown-type",
    "dkim.version",
    "dkim.weak-key",
    "dkim.wildcard",
    "dmarc.dns-trouble",
    "dmarc.historic-tag",
    "dmarc.missing",
    "dmarc.multiple-records",
    "dmarc.no-rua",
    "dmarc.pct",
    "dmarc.policy-none",
    "dmarc.psd",
    "dmarc.sp-weaker",
    "dmarc.syntax",
    "dmarc.testing",
    "dmarc.unknown-tag",
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
    "spf.too-many-lookups",
});

}  // namespace mailtrust::finding
