#pragma once
// What is worth telling about a message that was verified.

#include <string>
#include <vector>

#include "finding/finding.hpp"
#include "verify/verify.hpp"

namespace mailtrust::verify {

/// `where` is the file. The most harmful first; what a genuine message has wrong is no error.
std::vector<finding::Finding> lint(const Outcome& outcome, const std::string& where);

}  // namespace mailtrust::verify
