#pragma once
// How far a log has been read, so that each line is read once, whatever becomes of the file: it
// grows, is renamed, is packed with gzip, is copied and emptied (logrotate's copytruncate).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/expected.hpp"

namespace mailtrust::maillog {

/// To be remembered from run to run. A log is known by its first line, not by its name.
struct Place {
  std::string log;           ///< hash of the first line, in hexadecimal; empty: nothing to remember
  std::uint64_t offset = 0;  ///< behind the last whole line that was read, in inflated octets
  std::string before;        ///< hash of what stands right before `offset`, in hexadecimal
};

/// A log opened where it was left.
class Log {
 public:
  /// `known`: places of earlier runs. The furthest that holds is taken: the first line is the same
  /// one, and what stands before the offset too. A log that was cut, emptied or written anew
  /// matches none, and is read from its start. `-` is standard input. Errors are those of
  /// OctetStream.
  static Expected<Log> open(const std::string& path, std::span<const Place> known = {});

  Log(Log&&) noexcept;
  Log& operator=(Log&&) noexcept;
  ~Log();

  /// Fills from the start of `room`: 0 at the end only. Errors are those of OctetStream; what was
  /// read before is sound.
  Expected<std::size_t> read(std::span<char> room);

  /// Octets passed over because an earlier run read them.
  [[nodiscard]] std::uint64_t skipped() const;

  /// After the last read(). A last line without an end is not behind it: Reader::Rest::drop.
  [[nodiscard]] Place place() const;

 private:
  class Impl;

  explicit Log(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::maillog
