#pragma once
// A message read from its first octet to its last: the header whole, the body in pieces. Memory
// does not grow with the body. RFC 5322 section 2.1.

#include <cstddef>
#include <string>
#include <string_view>

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

  /// Once, first. Reads up to the empty line, or to the end of a message without a body. An Error
  /// of kind input over limits::kHeaderFields, kHeaderField or kHeader, which it names.
  Expected<Header> header();

  /// The next piece of the body as it came, of any size, cut anywhere; empty at the end. It holds
  /// until the next call. An Error of kind input once the message is larger than admitted.
  Expected<std::string_view> body();

  [[nodiscard]] std::size_t octets_read() const { return total_; }

 private:
  Expected<std::size_t> fill();

  Octets& octets_;
  std::string name_;
  std::size_t most_;
  std::size_t total_ = 0;
  std::string buffer_;
  std::size_t body_at_ = 0;  ///< in buffer_: where the body begins
  bool body_held_ = false;   ///< the piece that came with the header was not handed out yet
};

}  // namespace mailtrust::message
