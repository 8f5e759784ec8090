#pragma once
// What looking at one half of a signature's evidence, bh= or b=, came to.

#include <string>
#include <vector>

#include "dkim/diagnose.hpp"

namespace mailtrust::dkim::damage {

struct Findings {
  bool explained = false;       ///< undoing `damages` fits the evidence
  std::vector<Damage> damages;  ///< all of them together
  std::string note;             ///< what could not be tried, or what is known without a hit
};

}  // namespace mailtrust::dkim::damage
