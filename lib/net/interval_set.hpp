#pragma once
// A set of whole numbers as sorted closed intervals: what net::PrefixSet is made of, once for the
// 32 bits of IPv4 and once for the 128 of IPv6.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace mailtrust::net {

template <typename T>
struct Interval {
  T first{};
  T last{};  ///< included; never below `first`

  friend bool operator==(const Interval& a, const Interval& b) {
    return a.first == b.first && a.last == b.last;
  }
};

/// Intervals in order, with a gap between any two, so that equal sets are equal vectors. T is an
/// unsigned integer and every value of it may be a member.
template <typename T>
class IntervalSet {
 public:
  using Intervals = std::vector<Interval<T>>;

  IntervalSet() = default;

  /// Any order, overlaps allowed. n log n; linear when they come sorted.
  explicit IntervalSet(Intervals intervals) : intervals_(std::move(intervals)) {
    auto by_first = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(intervals_.begin(), intervals_.end(), by_first))
      std::sort(intervals_.begin(), intervals_.end(), by_first);
    merge_sorted();
  }

  [[nodiscard]] const Intervals& intervals() const { return intervals_; }

  [[nodiscard]] bool empty() const { return intervals_.empty(); }

  [[nodiscard]] bool contains(T value) const {
    auto after = std::upper_bound(intervals_.begin(), intervals_.end(), value,
                                  [](T v, const auto& interval) { return v < interval.first; });
    return after != intervals_.begin() && value <= std::prev(after)->last;
  }

  /// Constant time behind the last interval, else linear: many at once go to the constructor.
  void insert(Interval<T> added) {
    auto begin = std::lower_bound(intervals_.begin(), intervals_.end(), added.first, ends_before);
    auto end = begin;
    while (end != intervals_.end() && !begins_after(*end, added.last)) {
      added.first = std::min(added.first, end->first);
      added.last = std::max(added.last, end->last);
      ++end;
    }
    if (begin == end) {
      intervals_.insert(begin, added);
    } else {
      *begin = added;
      intervals_.erase(begin + 1, end);
    }
  }

  [[nodiscard]] IntervalSet united(const IntervalSet& other) const {
    Intervals all(intervals_.size() + other.intervals_.size());
    std::merge(intervals_.begin(), intervals_.end(), other.intervals_.begin(),
               other.intervals_.end(), all.begin(),
               [](const auto& a, const auto& b) { return a.first < b.first; });
    return IntervalSet(std::move(all));
  }

  [[nodiscard]] IntervalSet intersected(const IntervalSet& other) const {
    IntervalSet out;
    auto a = intervals_.begin();
    auto b = other.intervals_.begin();
    while (a != intervals_.end() && b != other.intervals_.end()) {
      T first = std::max(a->first, b->first);
      T last = std::min(a->last, b->last);
      if (first <= last) out.intervals_.push_back({first, last});
      if (a->last < b->last) {
        ++a;
      } else {
        ++b;
      }
    }
    return out;
  }

  [[nodiscard]] IntervalSet without(const IntervalSet& other) const {
    IntervalSet out;
    auto hole = other.intervals_.begin();
    for (auto [first, last] : intervals_) {
      while (hole != other.intervals_.end() && hole->last < first) ++hole;
      bool rest = true;
      for (auto at = hole; rest && at != other.intervals_.end() && at->first <= last; ++at) {
        if (first < at->first) out.intervals_.push_back({first, static_cast<T>(at->first - 1)});
        rest = at->last < last;
        if (rest) first = static_cast<T>(at->last + 1);
        if (rest) hole = at;
      }
      if (rest) out.intervals_.push_back({first, last});
    }
    return out;
  }

  friend bool operator==(const IntervalSet&, const IntervalSet&) = default;

 private:
  // Neither overlaps nor touches what starts at `first`.
  static bool ends_before(const Interval<T>& interval, T first) {
    return interval.last < first && interval.last + 1 < first;
  }

  static bool begins_after(const Interval<T>& interval, T last) {
    return interval.first > last && interval.first - 1 > last;
  }

  void merge_sorted() {
    std::size_t used = 0;
    for (const auto& next : intervals_) {
      if (used > 0 && !begins_after(next, intervals_[used - 1].last)) {
        intervals_[used - 1].last = std::max(intervals_[used - 1].last, next.last);
      } else {
        intervals_[used++] = next;
      }
    }
    intervals_.resize(used);
  }

  Intervals intervals_;
};

}  // namespace mailtrust::net
