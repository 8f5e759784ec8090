#pragma once
// A file, a pipe or standard input read from its beginning to its end in large pieces, gzip
// inflated on the way (RFC 1952, all members). Memory does not grow with the file.

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/expected.hpp"

namespace mailtrust {

/// What becomes of gzip.
enum class Packed { inflate, keep };

class OctetStream {
 public:
  /// `-` is standard input. An Error of kind input when it cannot be opened, or is a directory.
  static Expected<OctetStream> open(const std::string& path, Packed packed = Packed::inflate);

  OctetStream(OctetStream&&) noexcept;
  OctetStream& operator=(OctetStream&&) noexcept;
  ~OctetStream();

  /// Fills from the start of `room`, as much as there is: 0 at the end only. A read that fails and
  /// a damaged or cut gzip member are an Error of kind input; what was read before was sound.
  Expected<std::size_t> read(std::span<char> room);

  /// How many octets read() still has to give, where that is known: of a file that is not gzip.
  [[nodiscard]] std::optional<std::size_t> left() const;

  /// The share read so far, where the size is known.
  [[nodiscard]] std::optional<double> fraction() const;

  [[nodiscard]] const std::string& path() const;

 private:
  class Impl;

  explicit OctetStream(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust
