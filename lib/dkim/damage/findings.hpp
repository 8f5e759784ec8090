#pragma once
// What looking at one half of a signature's evidence, bh= or b=, came to.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dkim/diagnose.hpp"

namespace mailtrust::dkim::damage {

struct Findings {
  bool explained = false;       ///< undoing `damages` fits the evidence
  std::vector<Damage> damages;  ///< all of them together
  std::uint64_t octets_hashed = 0;
  std::size_t tried = 0;  ///< candidates
  std::string note;       ///< what could not be tried, or what is known without a hit
};

}  // namespace mailtrust::dkim::damage
