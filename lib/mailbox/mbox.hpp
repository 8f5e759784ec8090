#pragma once
// An mbox cut into its messages while it is read. RFC 4155, and the four kinds of quoting in use.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "base/octet_stream.hpp"
#include "mailbox/mailbox.hpp"

namespace mailtrust::mailbox {

class Mbox {
 public:
  /// Messages up to this size are looked at whole: for their Content-Length, and by who holds them.
  static constexpr std::size_t kHeld = 1U << 20;

  /// `start` was read from the stream already.
  Mbox(OctetStream stream, std::string_view start, Quoting quoting);

  /// Goes to the next message, past what is left of this one; false when there is none.
  Expected<bool> begin();

  /// Appends the next octets of the message, without the quoting, about 64 KiB of them. False at
  /// its end. The empty line in front of a separator, or at the end of the file, is no part of it.
  Expected<bool> more(std::string& out);

  [[nodiscard]] std::optional<double> fraction() const { return stream_.fraction(); }

 private:
  enum class Part { before, header, body, behind };

  [[nodiscard]] std::string_view window() const;
  Expected<bool> fill();
  Expected<bool> hold(std::size_t octets);
  Expected<std::string_view> line();
  void advance(std::size_t octets);
  void end_message();

  Expected<bool> take_header(std::string& out);
  Expected<void> begin_body();
  [[nodiscard]] bool leads_to_separator(std::size_t at) const;

  Expected<bool> take_body(std::string& out);
  bool take_whole_lines(std::string_view body, std::size_t end, std::string& out);
  [[nodiscard]] std::size_t whole_lines(std::string_view body) const;
  [[nodiscard]] bool starts_line(std::string_view body, std::size_t at) const;
  [[nodiscard]] std::size_t empty_line_before(std::string_view body, std::size_t at) const;
  [[nodiscard]] bool separates(std::string_view body, std::size_t at) const;
  [[nodiscard]] bool is_quoted(std::size_t marks) const;

  OctetStream stream_;
  Quoting quoting_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;      ///< in buffer_: read, and not handed out yet
  std::size_t filled_ = 0;  ///< in buffer_
  bool ended_ = false;      ///< there is nothing behind what is filled
  Part part_ = Part::before;
  bool at_line_start_ = true;
  bool behind_empty_line_ = true;
  Quoting message_quoting_ = Quoting::mboxrd;
  std::optional<std::size_t> content_length_;
  std::optional<std::size_t> counted_;  ///< octets of the body that are left, when that is known
};

}  // namespace mailtrust::mailbox
