#pragma once
// Standard output: whole lines, written in large pieces. Thread-safe.

#include <mutex>
#include <string>
#include <string_view>

namespace mailtrust::cli {

class Stdout {
 public:
  enum class State {
    open,
    closed,  ///< the reader has gone: the program ends quietly, as success
    failed,  ///< it cannot be written: told on stderr, exit 3
  };

  /// Keeps `lines`, whole ones, until flush() or until there is much of it. Once the state is not
  /// open, nothing is kept.
  void append(std::string_view lines);

  void flush();

  /// The same, before a signal ends the process: whoever writes after it waits for that end, as his
  /// line could be cut.
  void end();

  [[nodiscard]] State state() const;
  [[nodiscard]] std::string failure() const;  ///< "No space left on device"; empty unless failed

 private:
  void write_out();

  mutable std::mutex mutex_;
  std::string buffer_;
  State state_ = State::open;
  int errno_ = 0;
};

}  // namespace mailtrust::cli
