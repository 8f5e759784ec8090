#pragma once
// The key by which redaction makes its tokens.

#include <string>

#include "base/expected.hpp"
#include "cli/context.hpp"

namespace mailtrust::commands {

/// The octets of `file`, white space at its end left out; without a file the key kept in the store,
/// made the first time. Errors of kind input: a key under 16 octets or over 4 KiB; a store that
/// cannot be used.
Expected<std::string> redaction_key(const std::string& file, const cli::Context& context);

}  // namespace mailtrust::commands
