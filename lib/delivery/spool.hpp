#pragma once
// Octets that came through a pipe, as a file that has a name but is on no disk.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust::delivery {

class Spool {
 public:
  /// `name`: of the pipe, for Errors.
  explicit Spool(std::string name);
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool();

  /// An Error of kind input above limits::kMessage octets in all.
  Expected<void> add(std::string_view octets);

  /// To be opened while this object lives.
  [[nodiscard]] std::string path() const;

 private:
  std::string name_;
  int descriptor_;
  std::size_t size_ = 0;
};

}  // namespace mailtrust::delivery
