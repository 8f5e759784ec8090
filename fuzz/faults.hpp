#pragma once
// What every parser here promises of the faults it finds: in order, and inside the text.

#include <cstddef>
#include <string_view>

#include "fuzz/target.hpp"

namespace mailtrust::fuzz {

/// Columns count from 1; one behind the text stands for its end.
template <typename Faults>
void require_in_order(const Faults& faults, std::string_view text) {
  std::size_t before = 1;
  for (const auto& fault : faults) {
    require(fault.column >= before, "faults come by column");
    require(fault.column <= text.size() + 1, "faults lie in the text");
    require(!fault.message.empty(), "faults say what is wrong");
    before = fault.column;
  }
}

/// Does `part` stand in the text at this column?
inline bool stands_at(std::string_view text, std::size_t column, std::string_view part) {
  return column >= 1 && column <= text.size() + 1 && text.substr(column - 1).starts_with(part);
}

}  // namespace mailtrust::fuzz
