#pragma once
// Words in texts, as tables of phrases ask for them.

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"

namespace mailtrust::whois {

/// Does `phrase`, in lower case, stand in the text, in any case? Linear for short phrases.
inline bool holds(std::string_view text, std::string_view phrase) {
  auto found = std::search(text.begin(), text.end(), phrase.begin(), phrase.end(),
                           [](char a, char b) { return ascii::lower(a) == b; });
  return found != text.end();
}

}  // namespace mailtrust::whois
