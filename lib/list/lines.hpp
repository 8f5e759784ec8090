#pragma once
// The lines of a list file, one after the other. Memory does not grow with the file.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/octet_stream.hpp"
#include "list/line.hpp"

namespace mailtrust::list {

class Lines {
 public:
  static Expected<Lines> open(const std::string& path);

  /// The next line without its line feed, and of the first line without the byte order mark; valid
  /// until the next call. Nothing at the end of the file, or where it cannot be read on: failure().
  /// Of a line over limits::kListLine octets only the start is given, and too_long() is true. A
  /// line over 64 MiB ends the reading, with a failure().
  std::optional<std::string_view> next();

  [[nodiscard]] std::size_t number() const { return number_; }  ///< of the last line, from 1

  [[nodiscard]] bool too_long() const { return too_long_; }

  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

  [[nodiscard]] std::optional<double> fraction() const { return stream_.fraction(); }

  [[nodiscard]] const std::string& path() const { return stream_.path(); }

 private:
  explicit Lines(OctetStream stream);

  bool fill();
  std::string_view skip_rest();

  OctetStream stream_;
  std::vector<char> buffer_;
  std::string start_;  ///< of a line that is too long
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t number_ = 0;
  bool too_long_ = false;
  bool ended_ = false;
  std::optional<Error> failure_;
};

}  // namespace mailtrust::list
