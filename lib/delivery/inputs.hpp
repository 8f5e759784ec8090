#pragma once
// What the words of a command line name: logs and mails, told apart by what they hold, in the order
// in which they are to be read.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "maillog/place.hpp"
#include "maillog/reader.hpp"

namespace mailtrust::delivery {

/// A log to be read. What cannot be opened twice (standard input, a pipe) is open already.
struct LogInput {
  std::string name;
  std::optional<maillog::Log> open = {};
  std::string start = {};  ///< what was read of `open`, to tell what it is
};

/// A mail, an mbox, or what looks like neither: mailbox::Walk says so.
struct MailInput {
  std::string name;
  std::string path;  ///< for mailbox::Walk; there until the call returns
};

struct Inputs {
  std::vector<LogInput> logs;  ///< oldest first; those that are pipes come last
  std::size_t mails = 0;       ///< files, each a mail, an mbox, or neither
  std::size_t empty = 0;       ///< files without an octet, as logs are that have just been rotated
};

struct InputEvents {
  std::function<void(const MailInput&)> mail;  ///< as it is found, so that no names pile up
  std::function<void(const Error&)> complain;  ///< what cannot be read; the rest goes on
};

/// Directories are walked (mailbox::Tree). Mails that come through a pipe are held in memory, at
/// most limits::kMessage of them.
Inputs find_inputs(std::span<const std::string> words, std::span<const maillog::Place> known,
                   const maillog::Options& options, const InputEvents& events);

}  // namespace mailtrust::delivery
