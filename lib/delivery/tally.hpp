#pragma once
// Counts of what became of mail, by week and more, from events of logs and from bounce mails.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bounce/notice.hpp"
#include "maillog/event.hpp"

namespace mailtrust::delivery {

enum class By { week, domain, reason, sender };

struct Sums {
  std::uint64_t sent = 0;  ///< recipients that came to an end: delivered, hard, soft and undecided
  std::uint64_t delivered = 0;
  std::uint64_t deferred = 0;  ///< attempts that were put off
  std::uint64_t hard = 0, soft = 0, unknown = 0;
  std::uint64_t complaints = 0;
};

struct Row {
  std::int64_t week = 0;  ///< Unix seconds of its Monday, 00:00 UTC (ISO 8601)
  std::string key;        ///< of By: the domain, the reason, the sender; empty for By::week
  Sums sums;
  Sums before;  ///< of the same key in the week before
};

/// Memory grows with weeks and keys. One thread.
class Tally {
 public:
  explicit Tally(By by);
  ~Tally();

  void add(const maillog::Event& event);
  void add(const bounce::Notice& notice);

  [[nodiscard]] std::vector<Row> rows() const;

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::delivery
