#pragma once
// What an RSA signature was made over, told by the signature itself. RFC 8017 section 8.2.2.

#include <optional>
#include <string>
#include <string_view>

#include "dkim/public_key.hpp"
#include "dkim/signature.hpp"

namespace mailtrust::dkim::damage {

/// The hash inside the signature. Nothing when the signature was not made with this key by that
/// algorithm, or was altered. Not for Ed25519, which does not tell.
///
/// It is for comparing many candidates at the cost of a hash each; a verdict is verify()'s alone.
std::optional<std::string> recovered_hash(const PublicKey& key, Algorithm algorithm,
                                          std::string_view signature);

}  // namespace mailtrust::dkim::damage
