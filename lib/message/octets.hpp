#pragma once
// Where the octets of one message come from: a file, a part of an mbox, a string.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/expected.hpp"

namespace mailtrust::message {

/// Read once, from the first octet to the last.
class Octets {
 public:
  Octets() = default;
  Octets(const Octets&) = delete;
  Octets& operator=(const Octets&) = delete;
  virtual ~Octets() = default;

  /// Fills from the start of `room`; 0 at the end only. An Error of kind input or temporary when
  /// the source fails.
  virtual Expected<std::size_t> read(std::span<char> room) = 0;
};

/// A message that is there already.
class HeldOctets : public Octets {
 public:
  explicit HeldOctets(std::string octets) : octets_(std::move(octets)) {}

  Expected<std::size_t> read(std::span<char> room) override {
    auto size = std::min(room.size(), octets_.size() - taken_);
    std::copy_n(octets_.data() + taken_, size, room.data());
    taken_ += size;
    return size;
  }

 private:
  std::string octets_;
  std::size_t taken_ = 0;
};

}  // namespace mailtrust::message
