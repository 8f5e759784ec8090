#pragma once
// Texts as small numbers, so that tables of counts hold numbers only.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/sip_hash.hpp"

namespace mailtrust::delivery {

class Interner {
 public:
  /// All texts beyond the first `most` are `others`, which has the number 0.
  Interner(std::size_t most, std::string_view others) : most_(most) { add(others); }

  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;

  std::uint32_t number_of(std::string_view text) {
    if (text == texts_[last_]) return last_;  // logs speak of the same thing several times
    auto found = numbers_.find(text);
    if (found == numbers_.end()) return texts_.size() > most_ ? 0 : last_ = add(text);
    return last_ = found->second;
  }

  /// Lives as long as this object.
  [[nodiscard]] std::string_view text_of(std::uint32_t number) const { return texts_[number]; }

 private:
  std::uint32_t add(std::string_view text) {
    auto number = static_cast<std::uint32_t>(texts_.size());
    numbers_.emplace(texts_.emplace_back(text), number);
    return number;
  }

  std::size_t most_;
  std::deque<std::string> texts_;  // its strings do not move
  std::unordered_map<std::string_view, std::uint32_t, SipHash> numbers_;
  std::uint32_t last_ = 0;
};

}  // namespace mailtrust::delivery
