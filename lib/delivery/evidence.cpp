#include "delivery/evidence.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "base/limits.hpp"
#include "delivery/week.hpp"

namespace mailtrust::delivery {
namespace {

bool are_two_sides(Told a, Told b) {
  return a != b && a != Told::receipt && b != Told::receipt;
}

}  // namespace

bool Evidence::tell(const Recent& failure) {
  changed = true;
  Recent* nearest = nullptr;
  auto distance = [&](const Recent& other) { return std::abs(other.time - failure.time); };
  for (auto& other : recent) {
    bool fits =
        !other.paired && are_two_sides(other.told, failure.told) && distance(other) <= kSameFailure;
    if (fits && (nearest == nullptr || distance(other) < distance(*nearest))) nearest = &other;
  }
  if (nearest != nullptr) {
    nearest->paired = true;
    return true;
  }
  auto place = std::ranges::upper_bound(recent, failure.time, {}, &Recent::time);
  recent.insert(place, failure);
  if (recent.size() > kRecent) recent.erase(recent.begin());
  return false;
}

bool Evidence::takes_delivery(std::int64_t time) {
  constexpr std::int64_t kClocks = 10L * 60;  // by which those of a client and a server differ
  for (auto& notice : recent) {
    if (notice.paired || notice.told == Told::log || notice.sent == 0) continue;
    if (time < notice.sent - kClocks || time > notice.time + kClocks) continue;
    notice.paired = true;
    changed = true;
    return true;
  }
  return false;
}

void Evidence::deliver(std::int64_t time) {
  if (time <= delivered) return;
  delivered = time;
  changed = true;
  if (soft.last < time) return soft_weeks.clear();
  std::erase_if(soft_weeks, [&](std::int64_t week) { return week < week_of(time); });
}

void Evidence::fail(Failures& of, std::int64_t time, bounce::Reason reason, std::string_view rule,
                    std::string_view reply) {
  changed = true;
  of.first = of.count == 0 ? time : std::min(of.first, time);
  ++of.count;
  if (&of == &soft && time > delivered) {
    auto week = week_of(time);
    auto place = std::ranges::lower_bound(soft_weeks, week);
    if (place == soft_weeks.end() || *place != week) soft_weeks.insert(place, week);
    if (std::ssize(soft_weeks) > kWeeksKept) soft_weeks.erase(soft_weeks.begin());
  }
  if (time < of.last) return;
  of.last = time;
  of.reason = reason;
  of.rule = rule;
  of.reply = reply.substr(0, kReplyKept);
}

bool is_against_address(bounce::Reason reason, bool answered) {
  switch (reason) {
    case bounce::Reason::inactive_mailbox:
    case bounce::Reason::mailbox_full: return true;
    case bounce::Reason::expired: return answered;
    default: return false;
  }
}

Standing standing_of(const Evidence& evidence, std::size_t promote_after) {
  if (evidence.hard.count > 0 && evidence.hard.last >= evidence.delivered) return Standing::hard;
  if (promote_after > 0 && evidence.soft_weeks.size() >= promote_after) return Standing::promoted;
  return evidence.hard.count > 0 ? Standing::cleared : Standing::good;
}

Evidence* EvidenceTable::find(std::string_view address) {
  auto found = map_.find(address);
  return found == map_.end() ? nullptr : &found->second;
}

Evidence* EvidenceTable::at(std::string_view address) {
  if (auto* found = find(address)) return found;
  if (map_.size() < limits::kDeliveryAddresses) return &map_[std::string(address)];
  ++dropped_;
  return nullptr;
}

}  // namespace mailtrust::delivery
