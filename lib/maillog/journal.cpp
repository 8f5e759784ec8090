#include "maillog/journal.hpp"

#include "base/number.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::uint64_t kMicroseconds = 1'000'000;

std::string octets_of(const json::Value& value) {
  if (!value.is_array()) return std::string(value.text());
  std::string octets;
  for (const auto& item : value.items())
    octets.push_back(static_cast<char>(item.integer().value_or('?')));
  return octets;
}

}  // namespace

std::optional<JournalEntry> read_journal(const json::Value& record) {
  auto microseconds = parse_number<std::uint64_t>(record["__REALTIME_TIMESTAMP"].text());
  if (!microseconds) return std::nullopt;
  auto seconds = static_cast<std::int64_t>(*microseconds / kMicroseconds);
  return JournalEntry{seconds, octets_of(record["SYSLOG_IDENTIFIER"]),
                      octets_of(record["MESSAGE"])};
}

}  // namespace mailtrust::maillog
