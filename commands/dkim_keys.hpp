#pragma once
// How `dkim check` and `check` show keys.

#include <optional>
#include <span>
#include <string>

#include "cli/report.hpp"
#include "dkim/key_lookup.hpp"

namespace mailtrust::commands {

/// The contract's `keys`: an object each. `private_half`: the public half of a private key to
/// compare with, or null.
cli::Value keys_value(std::span<const dkim::KeyLookup> lookups,
                      const dkim::PublicKey* private_half = nullptr);

cli::Style keys_style(bool compared = false);

/// Is this key published there? Nothing when there is no key to compare with.
std::optional<bool> matches(const dkim::KeyLookup& lookup, const dkim::PublicKey& key);

/// The text of a record for this key.
std::string published_text(const dkim::PublicKey& key);

}  // namespace mailtrust::commands
