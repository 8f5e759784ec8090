#pragma once
// What was made from a text, kept by that text, so that it is made once.

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace mailtrust {

/// Thread-safe. Bounded: keeps two generations, each of at most that many texts and octets of text;
/// when the younger is full the older is forgotten. Texts over an eighth of the octets are not
/// kept.
template <typename Value>
class TextCache {
 public:
  using Pointer = std::shared_ptr<const Value>;

  TextCache(std::size_t most_texts, std::size_t most_octets)
      : most_texts_(most_texts), most_octets_(most_octets) {}

  /// Never null. `make` runs unlocked, so that two threads may both make the same.
  template <typename Make>
  Pointer get(std::string_view text, Make make) {
    if (auto kept = find(text)) return kept;
    auto made = std::make_shared<const Value>(make(text));
    if (text.size() <= most_octets_ / 8) keep(text, made);
    return made;
  }

  [[nodiscard]] std::size_t size() const {
    std::lock_guard lock(mutex_);
    return young_.size() + old_.size();
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  using Generation = std::unordered_map<std::string, Pointer, Hash, std::equal_to<>>;

  Pointer find(std::string_view text) {
    std::lock_guard lock(mutex_);
    if (auto found = young_.find(text); found != young_.end()) return found->second;
    auto found = old_.find(text);
    if (found == old_.end()) return nullptr;
    auto value = found->second;
    old_.erase(found);
    insert(text, value);
    return value;
  }

  void keep(std::string_view text, const Pointer& value) {
    std::lock_guard lock(mutex_);
    insert(text, value);
  }

  void insert(std::string_view text, const Pointer& value) {
    if (young_.size() >= most_texts_ || octets_ + text.size() > most_octets_) {
      old_ = std::exchange(young_, {});
      octets_ = 0;
    }
    if (young_.emplace(text, value).second) octets_ += text.size();
  }

  std::size_t most_texts_;
  std::size_t most_octets_;
  mutable std::mutex mutex_;
  Generation young_;
  Generation old_;
  std::size_t octets_ = 0;  // of the texts in young_
};

}  // namespace mailtrust
