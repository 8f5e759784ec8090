#include "maillog/powermta.hpp"

#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "maillog/cursor.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kMostColumns = 500;

/// Letters, and the words that records may have instead. "p" and whatever else is no message's.
constexpr auto kKinds = std::to_array<std::pair<std::string_view, Event::Kind>>({
    {"d", Event::Kind::delivered},
    {"delivery", Event::Kind::delivered},
    {"b", Event::Kind::failed},
    {"bounce", Event::Kind::failed},
    {"rb", Event::Kind::failed},
    {"remote-bounce", Event::Kind::failed},
    {"t", Event::Kind::deferred},
    {"transient", Event::Kind::deferred},
    {"r", Event::Kind::queued},
    {"receipt", Event::Kind::queued},
    {"f", Event::Kind::complained},
    {"feedback-loop", Event::Kind::complained},
});

constexpr auto kOtherTypes = std::to_array<std::string_view>({"tq", "rs", "p", "transient-queue"});

std::optional<Event::Kind> kind_of(std::string_view type) {
  for (const auto& [name, kind] : kKinds)
    if (name == type) return kind;
  return std::nullopt;
}

bool is_type(std::string_view word) {
  for (auto other : kOtherTypes)
    if (other == word) return true;
  return kind_of(word).has_value();
}

/// The next value of a row into `value`; quotes are taken off.
void read_value(Cursor& row, std::string& value) {
  value.clear();
  if (!row.skip("\"")) {
    value = row.word(",");
    return;
  }
  while (auto part = row.until("\"")) {
    value += *part;
    if (!row.skip("\"")) break;
    value += '"';
  }
  row.word(",");
}

/// Unix seconds, or "2026-11-22 10:00:00+0100".
std::optional<std::int64_t> read_time(const std::string& text, Clock& clock) {
  if (auto seconds = parse_number<std::uint32_t>(text)) return *seconds;
  auto stamp = clock.read(text + ' ');
  return stamp ? std::optional(stamp->time) : std::nullopt;
}

/// "mx.example (192.0.2.1)"
Host read_remote(std::string_view text) {
  auto open = text.find(" (");
  if (open == std::string_view::npos) return {text, {}};
  auto ip = text.substr(open + 2);
  return {text.substr(0, open), ip.substr(0, ip.find(')'))};
}

}  // namespace

bool PowerMta::is_header(std::string_view line) {
  return line.starts_with("type,") && line.find("timeLogged") != std::string_view::npos;
}

PowerMta::Column PowerMta::column_of(std::string_view name) {
  constexpr auto kNames = std::to_array<std::pair<std::string_view, Column>>({
      {"type", Column::type},
      {"timeLogged", Column::time},
      {"orig", Column::sender},
      {"rcpt", Column::recipient},
      {"orcpt", Column::original},
      {"dsnAction", Column::action},
      {"dsnStatus", Column::status},
      {"dsnDiag", Column::diagnostic},
      {"dsnMta", Column::remote},
      {"dlvSourceIp", Column::source_ip},
      {"dlvDestinationIp", Column::remote_ip},
      {"dlvDesintationIp", Column::remote_ip},
      {"envId", Column::id},
  });
  for (const auto& [known, column] : kNames)
    if (ascii::iequals(known, name)) return column;
  return Column::other;
}

void PowerMta::read_header(std::string_view line) {
  columns_.clear();
  Cursor row(line);
  std::string name;
  do {
    read_value(row, name);
    columns_.push_back(column_of(name));
  } while (row.skip(",") && columns_.size() < kMostColumns);
  values_.resize(static_cast<std::size_t>(Column::other) + 1);
}

bool PowerMta::is_record(std::string_view line) const {
  return !columns_.empty() && is_type(line.substr(0, line.find(',')));
}

Outcome PowerMta::read(std::string_view line, Clock& clock, Ledger& ledger) {
  Cursor row(line);
  for (auto& value : values_) value.clear();
  for (auto column : columns_) {
    read_value(row, values_[static_cast<std::size_t>(column)]);
    if (!row.skip(",")) break;
  }
  auto value = [&](Column column) -> const std::string& {
    return values_[static_cast<std::size_t>(column)];
  };
  auto kind = kind_of(value(Column::type));
  if (!kind) return Outcome::understood;
  auto time = read_time(value(Column::time), clock);
  if (!time) return Outcome::damaged;
  auto remote = read_remote(value(Column::remote));
  std::string_view status = value(Column::status);
  Event event;
  event.kind = *kind;
  event.mta = Mta::powermta;
  event.time = *time;
  event.id = value(Column::id);
  event.sender = value(Column::sender);
  event.sender_known = true;
  event.recipient = value(Column::recipient);
  event.original = value(Column::original);
  event.remote = remote.name;
  event.remote_ip = value(Column::remote_ip).empty() ? remote.ip : value(Column::remote_ip);
  event.source_ip = value(Column::source_ip);
  event.status = status.substr(0, status.find(' '));
  event.text = value(Column::diagnostic);
  // RFC 3463: 4.4.7 is "delivery time expired"; what is given up had no other end.
  event.expired = *kind == Event::Kind::failed && event.status.ends_with(".4.7");
  ledger.tell(event);
  return Outcome::understood;
}

}  // namespace mailtrust::maillog
