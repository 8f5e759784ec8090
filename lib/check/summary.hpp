#pragma once
// Each area in a line, for a page that fits a screen. Used by check.cpp.

#include <string>

#include "dkim/discover.hpp"
#include "dmarc/discover.hpp"
#include "mx/mx.hpp"
#include "spf/survey.hpp"

namespace mailtrust::check {

std::string summary(const mx::Outcome& mx);
std::string summary(const spf::Survey& spf);
std::string summary(const dkim::Discovery& dkim, bool parked);
std::string summary(const dmarc::Outcome& dmarc);

}  // namespace mailtrust::check
