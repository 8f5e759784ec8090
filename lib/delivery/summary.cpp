#include "delivery/summary.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "delivery/week.hpp"

namespace mailtrust::delivery {
namespace {

bool overlaps(const Period& period, std::int64_t week) {
  return (!period.since || week + kWeek > *period.since) && (!period.until || week < *period.until);
}

std::vector<Row> rows_within(const Tally& tally, By by, const Period& period) {
  auto rows = tally.rows(by);
  std::erase_if(rows,
                [&](const Row& row) { return !overlaps(period, row.week) || row.sums == Sums{}; });
  return rows;
}

// What failed most is first; of what did not fail, what was put off, then what is most.
auto rank(const Compared& row) {
  const auto& sums = row.sums;
  return std::tuple(sums.hard, sums.soft + sums.unknown, sums.complaints, sums.deferred,
                    sums.delivered);
}

class Summarizer {
 public:
  Summarizer(const Tally& tally, const Period& period, std::int64_t now)
      : tally_(tally), period_(period), now_(now), weeks_(rows_within(tally, By::week, period)) {}

  Summary run(By by) {
    out_.by = by;
    choose_week();
    if (out_.week) {
      out_.latest = sums_of(*out_.week);
      out_.before = before(*out_.week);
      find_reasons();
      find_domain();
    }
    for (const auto& week : weeks_) out_.total += week.sums;
    by == By::week ? compare_weeks() : compare_keys(by);
    return std::move(out_);
  }

 private:
  void choose_week() {
    for (const auto& row : weeks_)
      if (row.week + kWeek <= now_ && row.sums.sent() > 0) out_.week = row.week;
    out_.finished = out_.week.has_value();
    if (!out_.week && !weeks_.empty()) out_.week = weeks_.back().week;
    auto current = sums_of(week_of(now_));
    if (out_.finished && current != Sums{}) out_.running = current;
  }

  Sums sums_of(std::int64_t week) const {
    auto found = std::ranges::find(weeks_, week, &Row::week);
    return found == weeks_.end() ? Sums{} : found->sums;
  }

  bool reaches_back_before(std::int64_t week) const {
    return !weeks_.empty() && weeks_.front().week < week;
  }

  std::optional<Sums> before(std::int64_t week) const {
    if (!reaches_back_before(week)) return std::nullopt;
    return sums_of(week - kWeek);
  }

  void find_reasons() {
    for (const auto& row : rows_within(tally_, By::reason, period_))
      if (auto reason = bounce::parse_reason(row.key); reason && row.week == *out_.week)
        out_.reasons.emplace_back(*reason, row.sums);
    std::ranges::stable_sort(out_.reasons, [](const auto& a, const auto& b) {
      auto rank = [](const Sums& sums) {
        return std::tuple(sums.hard, sums.soft + sums.unknown, sums.deferred);
      };
      return rank(a.second) > rank(b.second);
    });
  }

  void find_domain() {
    auto weight = [&](const Sums& sums) { return out_.latest.hard > 0 ? sums.hard : sums.soft; };
    for (const auto& row : rows_within(tally_, By::domain, period_))
      if (row.week == *out_.week && weight(row.sums) * 2 > weight(out_.latest) &&
          row.key != kNotKnown && row.key != kOthers)
        out_.domain = row.key;
  }

  void compare_weeks() {
    for (const auto& row : weeks_)
      out_.rows.push_back({week_name(row.week), row.week, row.sums, row.sums, before(row.week)});
  }

  void compare_keys(By by) {
    std::map<std::string_view, Compared> keys;
    for (const auto& row : rows_within(tally_, by, period_)) {
      auto& compared = keys[row.key];
      compared.sums += row.sums;
      if (row.week == out_.week) compared.latest = row.sums;
      if (out_.before && !compared.before) compared.before.emplace();
      if (out_.before && row.week == *out_.week - kWeek) compared.before = row.sums;
    }
    for (auto& [key, compared] : keys) {
      compared.key = key;
      out_.rows.push_back(std::move(compared));
    }
    std::ranges::stable_sort(
        out_.rows, [](const Compared& a, const Compared& b) { return rank(a) > rank(b); });
  }

  const Tally& tally_;
  const Period& period_;
  std::int64_t now_;
  std::vector<Row> weeks_;
  Summary out_;
};

}  // namespace

Summary summarize(const Tally& tally, By by, const Period& period, std::int64_t now) {
  return Summarizer(tally, period, now).run(by);
}

}  // namespace mailtrust::delivery
