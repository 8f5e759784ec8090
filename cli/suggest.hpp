#pragma once
// What somebody who misspelt a word may have meant.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::cli {

/// The candidates near to `word` or beginning with it, nearest first, at most `most`.
std::vector<std::string> nearest(std::string_view word, std::span<const std::string> candidates,
                                 std::size_t most = 3);

/// "; did you mean a, b or c?", or nothing when nothing is near.
std::string suggestion(std::string_view word, std::span<const std::string> candidates);

/// "a", "a or b", "a, b or c".
std::string alternatives(std::span<const std::string> words);

}  // namespace mailtrust::cli
