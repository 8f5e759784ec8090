#pragma once
// A message read from its first octet to its last: the header whole, the body in pieces. Memory
// does not grow with the body. RFC 5322 section 2.1.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "base/limits.hpp"
#include "message/header.hpp"
#include "message/octets.hpp"

namespace mailtrust::message {

class Reader {
 public:
  /// `octets` must outlive the reader. `name` is what Errors call the message; `most` is the size
  /// in octets that is still admitted (--max-size).
  Reader(Octets& octets, std::string name, std::size_t most = limits::kMessage);
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader();

  /// Once, first. Reads up to the empty line, or to the end of a message without a body. An Error
  /// of kind input over limits::kHeaderFields, kHeaderField or kHeader, which it names.
  Expected<Header> header();

  /// The next piece of the body as it came, of any size, cut anywhere; empty at the end. It holds
  /// until the next call. An Error of kind input once the message is larger than admitted.
  Expected<std::string_view> body();

  /// In place of body(), when only the header counts: reads what is left only where its size is not
  /// known otherwise. The same Error.
  Expected<void> skip_body();

  [[nodiscard]] std::size_t octets_read() const { return total_; }

 private:
  /// What the header looked like so far. Offsets into the buffer.
  struct Seen {
    std::size_t line_at = 0;   ///< where the line begins whose end is not known yet
    std::size_t field_at = 0;  ///< where its field begins
    std::size_t looked = 0;    ///< no line end from line_at to here
    std::size_t lines = 0;
    std::size_t fields = 0;
    bool ended = false;
  };

  Expected<std::size_t> fill();
  [[nodiscard]] Unexpected too_large() const;
  void make_room();
  Expected<void> take_lines(Seen& seen);
  [[nodiscard]] Expected<void> check_limits(const Seen& seen, std::size_t field_end) const;

  [[nodiscard]] std::string_view held() const { return {buffer_.data(), filled_}; }

  Octets& octets_;
  std::string name_;
  std::size_t most_;
  std::size_t total_ = 0;
  std::vector<char> buffer_;
  std::size_t filled_ = 0;   ///< in buffer_
  std::size_t body_at_ = 0;  ///< in buffer_: a piece of the body that came with the header
};

}  // namespace mailtrust::message
