#pragma once
// How far apart are two words? For "did you mean".

#include <cstddef>
#include <string_view>

namespace mailtrust {

/// Single-octet insertions, deletions, replacements and swaps of neighbours between two words. Time
/// and memory grow with the product of their lengths: the caller bounds them.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace mailtrust
