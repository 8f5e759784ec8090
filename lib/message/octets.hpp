#pragma once
// Where the octets of one message come from: a file, a part of an mbox, a string.

#include <algorithm>
#include <cstddef>
#include <optional>
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

  /// How many octets read() still has to give, where that is known without reading them.
  [[nodiscard]] virtual std::optional<std::size_t> left() const { return std::nullopt; }
};

/// A message that somebody else keeps, for longer than this.
class ViewedOctets : public Octets {
 public:
  explicit ViewedOctets(std::string_view octets) : rest_(octets) {}

  Expected<std::size_t> read(std::span<char> room) override {
    auto size = std::min(room.size(), rest_.size());
    std::copy_n(rest_.data(), size, room.data());
    rest_.remove_prefix(size);
    return size;
  }

  [[nodiscard]] std::optional<std::size_t> left() const override { return rest_.size(); }

 private:
  std::string_view rest_;
};

/// A message that is there already.
class HeldOctets : public Octets {
 public:
  explicit HeldOctets(std::string octets) : octets_(std::move(octets)), view_(octets_) {}

  Expected<std::size_t> read(std::span<char> room) override { return view_.read(room); }

  [[nodiscard]] std::optional<std::size_t> left() const override { return view_.left(); }

 private:
  std::string octets_;
  ViewedOctets view_;
};

}  // namespace mailtrust::message
