#pragma once
// Every kind of damage, with what to do about it. The words are stable: scripts compare them.

#include <span>
#include <string>
#include <string_view>

#include "dkim/diagnose.hpp"

namespace mailtrust::dkim::damage {

struct Kind {
  std::string_view word;
  std::string_view hint;
};

/// Sorted by word.
std::span<const Kind> kinds();

/// `word` is one of kinds().
Damage make(std::string_view word, std::string message);

}  // namespace mailtrust::dkim::damage
