#pragma once
// What an archive has used of its Bounds.

#include <cstddef>
#include <string>

#include "archive/unpack.hpp"
#include "base/number.hpp"

namespace mailtrust::archive {

class Budget {
 public:
  explicit Budget(const Bounds& bounds)
      : bounds_(bounds), members_(bounds.members_before), inflated_(bounds.inflated_before) {}

  /// False when there was one member too many.
  bool take_member() { return ++members_ <= bounds_.members; }

  void take_octets(std::size_t count) { inflated_ += count; }

  /// Octets that may still come out.
  [[nodiscard]] std::size_t left() const { return bounds_.inflated - inflated_; }

  [[nodiscard]] Unexpected too_many() const {
    return fail(Error::Kind::input, "",
                "more than " + grouped(bounds_.members) +
                    " members in the archive, which is the limit; the rest is left out");
  }

  [[nodiscard]] Unexpected too_large() const {
    return fail(Error::Kind::input, "",
                "more than " + grouped(bounds_.inflated) +
                    " octets when inflated, which is the limit; the rest is left out");
  }

 private:
  const Bounds& bounds_;
  std::size_t members_;
  std::size_t inflated_;
};

}  // namespace mailtrust::archive
