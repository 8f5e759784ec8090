#include "delivery/evidence_row.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.hpp"

namespace mailtrust::delivery {
namespace {

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Failures read_failures(const store::Statement& row, int column) {
  Failures failures;
  failures.count = static_cast<std::uint64_t>(row.integer(column));
  failures.first = row.integer(column + 1);
  failures.last = row.integer(column + 2);
  failures.reason =
      bounce::parse_reason(row.text(column + 3)).value_or(bounce::Reason::undetermined);
  failures.rule = row.text(column + 4);
  failures.reply = row.blob(column + 5);
  return failures;
}

void bind_failures(store::Statement& statement, int place, const Failures& failures) {
  statement.bind(place, static_cast<std::int64_t>(failures.count))
      .bind(place + 1, failures.first)
      .bind(place + 2, failures.last)
      .bind_text(place + 3, to_string(failures.reason))
      .bind_text(place + 4, failures.rule)
      .bind_blob(place + 5, failures.reply);
}

// "time:sent:told:paired,..."
std::string recent_text(const Evidence& evidence) {
  std::string out;
  for (const auto& recent : evidence.recent) {
    if (!out.empty()) out += ',';
    out += std::to_string(recent.time) + ':' + std::to_string(recent.sent) + ':' +
           std::to_string(static_cast<int>(recent.told)) + ':' + (recent.paired ? '1' : '0');
  }
  return out;
}

void read_recent(Evidence& evidence, std::string_view text) {
  if (text.empty()) return;
  for (auto item : ascii::split(text, ',')) {
    auto parts = ascii::split(item, ':');
    if (parts.size() != 4) continue;
    auto told = std::clamp<std::int64_t>(number_in(parts[2]), 0, 2);
    evidence.recent.push_back(
        {number_in(parts[0]), number_in(parts[1]), static_cast<Told>(told), parts[3] == "1"});
  }
}

std::string weeks_text(const Evidence& evidence) {
  std::string out;
  for (auto week : evidence.soft_weeks) {
    if (!out.empty()) out += ',';
    out += std::to_string(week);
  }
  return out;
}

std::int64_t touched(const Evidence& evidence) {
  auto last = std::max({evidence.hard.last, evidence.soft.last, evidence.delivered});
  return evidence.recent.empty() ? last : std::max(last, evidence.recent.back().time);
}

}  // namespace

Evidence read_evidence(const store::Statement& row) {
  Evidence evidence;
  evidence.hard = read_failures(row, 1);
  evidence.soft = read_failures(row, 7);
  if (auto weeks = row.text(13); !weeks.empty())
    for (auto week : ascii::split(weeks, ',')) evidence.soft_weeks.push_back(number_in(week));
  evidence.delivered = row.integer(14);
  read_recent(evidence, row.text(15));
  return evidence;
}

Expected<void> put_evidence(store::Statement& statement, const std::string& address,
                            const Evidence& evidence) {
  auto weeks = weeks_text(evidence);
  auto recent = recent_text(evidence);
  statement.bind_text(1, address);
  bind_failures(statement, 2, evidence.hard);
  bind_failures(statement, 8, evidence.soft);
  statement.bind_text(14, weeks).bind(15, evidence.delivered).bind_text(16, recent);
  return statement.bind(17, touched(evidence)).run();
}

}  // namespace mailtrust::delivery
