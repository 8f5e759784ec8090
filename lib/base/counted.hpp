#pragma once
// How many there are, for people.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/number.hpp"

namespace mailtrust {

/// "1 lookup", "3 lookups", "12,000 lookups": of nouns that take an s.
inline std::string counted(std::uint64_t number, std::string_view noun) {
  return grouped(number) + ' ' + std::string(noun) + (number == 1 ? "" : "s");
}

}  // namespace mailtrust
