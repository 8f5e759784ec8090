#pragma once
// Room for what is inflated. It grows in place, and what was never written costs no memory.

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include "base/of_thread.hpp"

namespace mailtrust::archive {

class Room {
 public:
  [[nodiscard]] char* data() { return octets_.get(); }

  [[nodiscard]] std::size_t size() const { return size_; }

  [[nodiscard]] std::string_view first(std::size_t count) const { return {octets_.get(), count}; }

  /// To `wanted` octets at least; what is in it stays. Large blocks are moved by the kernel, not
  /// copied, so that old and new are never there at once.
  void grow(std::size_t wanted) {
    if (wanted <= size_) return;
    void* larger = std::realloc(octets_.get(), wanted);
    if (larger == nullptr) throw std::bad_alloc();
    static_cast<void>(octets_.release());
    octets_.reset(static_cast<char*>(larger));
    size_ = wanted;
  }

 private:
  struct Free {
    void operator()(char* octets) const { std::free(octets); }
  };

  std::unique_ptr<char, Free> octets_;
  std::size_t size_ = 0;
};

/// The thread's room, taken for one archive and given back, so that a batch of small reports does
/// without allocation. An archive inside another one's sink gets a room of its own.
class LentRoom {
 public:
  LentRoom() : room_(std::exchange(kept(), {})) { room_.grow(kLeast); }

  LentRoom(const LentRoom&) = delete;
  LentRoom& operator=(const LentRoom&) = delete;

  ~LentRoom() {
    if (room_.size() <= kMostKept) kept() = std::move(room_);
  }

  Room& operator*() { return room_; }

 private:
  static constexpr std::size_t kLeast = 256U << 10;
  static constexpr std::size_t kMostKept = 4U << 20;

  static Room& kept() { return of_thread<LentRoom, Room>(); }

  Room room_;
};

}  // namespace mailtrust::archive
