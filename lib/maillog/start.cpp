// What the start of a file tells.

#include <algorithm>
#include <utility>

#include "json/value.hpp"
#include "maillog/clock.hpp"
#include "maillog/journal.hpp"
#include "maillog/ledger.hpp"
#include "maillog/powermta.hpp"
#include "maillog/reader.hpp"
#include "maillog/syslog.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kFewLines = 2;  // that tell what a file is: the first may be cut

constexpr std::int64_t kAnyTime = 4'102'444'800;  // 2100: any date has a year before it

std::string_view take_line(std::string_view& text) {
  auto end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::int64_t> time_of_record(std::string_view line) {
  auto record = json::parse(line);
  if (!record) return std::nullopt;
  if (auto entry = read_journal(*record)) return entry->time;
  return (*record)["timestamp"].integer();
}

}  // namespace

bool is_log(std::string_view start) {
  Clock clock({kAnyTime, 0});
  for (std::size_t lines = 0; lines < kFewLines && !start.empty(); ++lines) {
    auto line = take_line(start);
    if (PowerMta::is_header(line) || line.starts_with("{\"")) return true;
    skip_priority(line);
    if (clock.read(line)) return true;
  }
  return false;
}

std::optional<std::int64_t> first_time(std::string_view start, const Options& options) {
  Clock clock(options);
  PowerMta powermta;
  std::optional<std::int64_t> time;
  Ledger ledger([&](const Event& event) { time = event.time; });
  while (!start.empty() && !time) {
    auto line = take_line(start);
    skip_priority(line);
    if (auto stamp = clock.read(line)) return stamp->time;
    if (line.starts_with('{')) time = time_of_record(line);
    if (powermta.is_record(line)) powermta.read(line, clock, ledger);
    if (PowerMta::is_header(line)) powermta.read_header(line);
  }
  return time;
}

}  // namespace mailtrust::maillog
