#pragma once
// Sets of addresses as text, in pieces: ten million prefixes are never one string.

#include <functional>
#include <string_view>

#include "list/address_set.hpp"

namespace mailtrust::list {

/// How the members of a set are told.
struct SetFormat {
  bool ranges = false;            ///< `FIRST-LAST` where a range is no prefix; else prefixes only
  std::string_view before = {};   ///< what stands before each
  std::string_view after = "\n";  ///< and behind
  std::string_view between = {};  ///< and between two
};

/// Calls `write` with some 64 KiB at a time, as often as it takes, in order, IPv4 first.
void write_set(const AddressSet& set, const SetFormat& format,
               const std::function<void(std::string_view)>& write);

}  // namespace mailtrust::list
