#pragma once
// What is wrong with a record and everything it leads to, what will be, and the line that mends it.

#include <vector>

#include "finding/finding.hpp"
#include "spf/survey.hpp"

namespace mailtrust::spf {

/// The most harmful first. Goes on after the first error; what DNS did not tell is a finding of its
/// own (spf.dns-trouble). Where a repair is certain, the hint's later lines are the whole record to
/// paste. The domain's own records (at or below its name) are judged in everything, those of others
/// in what breaks this domain's.
std::vector<finding::Finding> lint(const Survey& survey);

/// Does a finding make the record broken or absent: is there one of severity error?
bool is_broken(const std::vector<finding::Finding>& findings);

}  // namespace mailtrust::spf
