#pragma once
// Entries of `journalctl -o json`. systemd.journal-fields(7), "Journal JSON Format".

#include <cstdint>
#include <optional>
#include <string>

#include "json/value.hpp"

namespace mailtrust::maillog {

struct JournalEntry {
  std::int64_t time = 0;  ///< Unix seconds
  std::string tag;
  std::string message;
};

/// Nothing for what is no entry of a journal. A message that is not UTF-8 is an array of octets.
std::optional<JournalEntry> read_journal(const json::Value& record);

}  // namespace mailtrust::maillog
