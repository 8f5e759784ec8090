#pragma once
// Where the inputs of a run come from, one after the other.

#include <optional>

#include "base/expected.hpp"
#include "cli/program.hpp"
#include "mailbox/mailbox.hpp"

namespace mailtrust::cli {

/// An input, or why there is none at this place.
struct Item {
  Input input;
  std::optional<Error> error;
  std::optional<mailbox::Item> message = {};  ///< where the inputs are messages
};

class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  /// Once, first.
  virtual Expected<void> open() = 0;

  /// Nothing at the end. One thread at a time; may block.
  virtual std::optional<Item> next() = 0;

  /// The share that next() has handed out, where that can be known. From any thread.
  [[nodiscard]] virtual std::optional<double> fraction() const = 0;
};

}  // namespace mailtrust::cli
