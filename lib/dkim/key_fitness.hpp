#pragma once
// May this key verify that signature? RFC 6376 sections 3.6.1 and 6.1.2, RFC 8301, RFC 8463.

#include <optional>

#include "dkim/key_record.hpp"
#include "dkim/signature.hpp"
#include "dkim/verify.hpp"

namespace mailtrust::dkim {

/// Why the key cannot be used at all, so that nothing is computed with it; nothing when it can.
std::optional<Decision> refusal(const ParsedKey& key, const Signature& signature);

/// Why a signature that is sound does not count: rsa-sha1, or a key that is too small. RFC 8301.
std::optional<Decision> distrusted(const Signature& signature, const KeyRecord& record);

}  // namespace mailtrust::dkim
