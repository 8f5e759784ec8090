#pragma once
// Files that hold messages, whatever their form: .eml, mbox, Maildir, a directory of such files,
// standard input. RFC 4155 (mbox and its four kinds of quoting).

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/expected.hpp"
#include "base/octet_stream.hpp"
#include "message/octets.hpp"

namespace mailtrust::mailbox {

/// How lines of a body that begin with "From " were kept apart from separators.
enum class Quoting {
  automatic,  ///< found out for each message
  mboxo,      ///< ">From " was "From ", ">>From " was itself
  mboxrd,     ///< one ">" goes from each line of ">"s and "From "
  mboxcl,     ///< as mboxo, and Content-Length says where the message ends
  mboxcl2,    ///< Content-Length alone; nothing was quoted
};

/// A message and where it is. Reading it may block the mailbox: see Walk::next().
struct Item {
  std::string file;       ///< path as reached from the word given, "-" for standard input
  std::size_t index = 0;  ///< from 1 in an mbox; 0 when the file is one message
  std::unique_ptr<message::Octets> octets;  ///< never null
};

/// For people, and for the `where` of Errors: the file, in an mbox with the index: `inbox(3)`.
std::string name_of(const Item& item);

/// The messages of one word of the command line, one after the other. Files of a directory by name;
/// of a Maildir those of `cur` and `new`; gzip is inflated. Hidden files and what is no regular
/// file are passed over below a directory. Memory does not grow with mailbox or message.
class Walk {
 public:
  /// With Packed::keep a file that is gzip is one item, as it is.
  explicit Walk(std::string path, Quoting quoting = Quoting::automatic,
                Packed packed = Packed::inflate);
  Walk(Walk&&) noexcept;
  Walk& operator=(Walk&&) noexcept;
  ~Walk();

  /// The next message; nothing at the end. An Error of kind input for a file that cannot be read:
  /// the walk may go on after it. One thread at a time. A message too large to be held is read
  /// through its Item while it lives: next() then waits until that Item is destroyed.
  Expected<std::optional<Item>> next();

  /// Is it usual that no message is there? After next(): of a Maildir without new mail.
  [[nodiscard]] bool may_be_empty() const;

  /// The share read so far, where it can be known. From any thread.
  [[nodiscard]] std::optional<double> fraction() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::mailbox
