#pragma once
// Inputs that are messages: those of the files, mailboxes and directories that words name.

#include <atomic>
#include <optional>

#include "cli/word_source.hpp"

namespace mailtrust::cli {

/// A word that cannot be read is an Item with an error, and so is one without any message.
class MessageSource : public Source {
 public:
  MessageSource(const std::vector<std::string>& words, const std::string& file,
                mailbox::Quoting quoting, Packed packed);

  Expected<void> open() override { return words_.open(); }

  std::optional<Item> next() override;

  [[nodiscard]] std::optional<double> fraction() const override;

 private:
  std::optional<Item> next_in_word();

  WordSource words_;
  std::size_t word_count_;
  mailbox::Quoting quoting_;
  Packed packed_;
  std::optional<mailbox::Walk> walk_;
  Input word_;        ///< of the walk
  bool any_ = false;  ///< the walk came to something
  std::atomic<double> fraction_;
};

}  // namespace mailtrust::cli
