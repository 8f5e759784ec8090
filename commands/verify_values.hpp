#pragma once
// The parts of a verification as data: what JSON has, and what the page is made of.

#include <vector>

#include "cli/value.hpp"
#include "verify/verify.hpp"

namespace mailtrust::commands {

/// "result" is null where no client is known. "verdict" and "summary" are for the page.
cli::Value spf_value(const verify::Outcome& outcome);

/// One object a signature, with its diagnosis when it fails.
cli::Value signatures_value(const verify::Outcome& outcome);

cli::Value arc_value(const arc::Chain& chain);
cli::Value dmarc_value(const dmarc::Evaluation& evaluation);

/// The alignment table. "aligned" is null where DNS did not tell; "alignment" says it in a word.
cli::Value identities_value(const dmarc::Evaluation& evaluation);

cli::Value claims_value(const std::vector<authres::Claim>& claims);

}  // namespace mailtrust::commands
