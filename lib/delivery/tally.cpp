#include "delivery/tally.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "delivery/week.hpp"

namespace mailtrust::delivery {
namespace {

// Weeks since 1970 fit, for times of four-digit years; times beyond them are nobody's mail.
std::uint32_t number_of(std::int64_t week) {
  constexpr std::int64_t kMost = 500'000;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(week / kWeek, 0, kMost));
}

std::int64_t week_of_number(std::uint64_t number) {
  return static_cast<std::int64_t>(number) * kWeek + 4 * kDay;
}

std::string_view known(std::string_view key) {
  return key.empty() ? kNotKnown : key;
}

}  // namespace

std::string_view to_string(By by) {
  switch (by) {
    case By::week: return "week";
    case By::domain: return "domain";
    case By::reason: return "reason";
    case By::sender: return "sender";
  }
  return "week";
}

std::uint64_t& Sums::of(Outcome outcome) {
  switch (outcome) {
    case Outcome::delivered: return delivered;
    case Outcome::deferred: return deferred;
    case Outcome::hard: return hard;
    case Outcome::soft: return soft;
    case Outcome::unknown: return unknown;
    case Outcome::complaint: return complaints;
  }
  return unknown;
}

Sums& Sums::operator+=(const Sums& other) {
  delivered += other.delivered;
  deferred += other.deferred;
  hard += other.hard;
  soft += other.soft;
  unknown += other.unknown;
  complaints += other.complaints;
  return *this;
}

Tally::Tally()
    : tables_{{{Interner(limits::kDeliveryKeys, kOthers), {}},
               {Interner(limits::kDeliveryKeys, kOthers), {}},
               {Interner(limits::kDeliveryKeys, kOthers), {}},
               {Interner(limits::kDeliveryKeys, kOthers), {}}}} {}

// When there is no room for one more row, the others of its week take it.
Sums& Tally::at(By by, std::int64_t week, std::string_view key) {
  auto& [keys, sums] = tables_[static_cast<std::size_t>(by)];
  auto base = std::uint64_t{number_of(week)} << 32U;
  auto place = base | keys.number_of(key);
  if (sums.size() >= limits::kDeliveryRows && !sums.contains(place)) place = base;
  return sums[place];
}

template <typename Change>
void Tally::each(const Occurrence& occurrence, Change change) {
  auto week = week_of(occurrence.time);
  auto outcome = occurrence.outcome;
  change(at(By::week, week, {}).of(outcome));
  change(at(By::domain, week, known(occurrence.domain)).of(outcome));
  change(at(By::sender, week, known(occurrence.sender)).of(outcome));
  if (occurrence.reason)
    change(at(By::reason, week, bounce::to_string(*occurrence.reason)).of(outcome));
}

void Tally::add(const Occurrence& occurrence) {
  each(occurrence, [](std::uint64_t& number) { ++number; });
}

void Tally::take(const Occurrence& occurrence) {
  each(occurrence, [](std::uint64_t& number) { number -= number > 0 ? 1 : 0; });
}

void Tally::add(By by, const Row& row) {
  at(by, row.week, row.key) += row.sums;
}

std::vector<Row> Tally::rows(By by) const {
  const auto& [keys, sums] = tables_[static_cast<std::size_t>(by)];
  std::vector<Row> rows;
  rows.reserve(sums.size());
  for (const auto& [place, sum] : sums)
    rows.push_back({week_of_number(place >> 32U),
                    keys.text_of(static_cast<std::uint32_t>(place & 0xffffffffU)), sum});
  std::ranges::sort(rows, [](const Row& a, const Row& b) {
    return a.week != b.week ? a.week < b.week : a.key < b.key;
  });
  return rows;
}

Sums Tally::total() const {
  Sums total;
  for (const auto& [place, sum] : tables_[static_cast<std::size_t>(By::week)].sums) total += sum;
  return total;
}

}  // namespace mailtrust::delivery
