#pragma once
// Counts of what became of mail, by week and, within each, by domain, reason and sender.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bounce/words.hpp"
#include "delivery/interner.hpp"

namespace mailtrust::delivery {

enum class By : std::uint8_t { week, domain, reason, sender };

inline constexpr std::size_t kBys = 4;

std::string_view to_string(By by);  ///< "week", "domain", ...

/// What a recipient of a message came to, or what one attempt did.
enum class Outcome : std::uint8_t { delivered, deferred, hard, soft, unknown, complaint };

struct Sums {
  std::uint64_t delivered = 0;
  std::uint64_t deferred = 0;  ///< attempts that were put off
  std::uint64_t hard = 0, soft = 0, unknown = 0;
  std::uint64_t complaints = 0;

  /// Recipients that came to an end. One that was put off and then delivered is one.
  [[nodiscard]] std::uint64_t sent() const { return delivered + hard + soft + unknown; }

  std::uint64_t& of(Outcome outcome);

  Sums& operator+=(const Sums& other);

  friend bool operator==(const Sums&, const Sums&) = default;
};

/// One thing that happened.
struct Occurrence {
  std::int64_t time = 0;  ///< Unix seconds
  Outcome outcome = Outcome::delivered;
  std::string_view domain;               ///< of the recipient; empty: not known
  std::optional<bounce::Reason> reason;  ///< of whatever was not delivered
  std::string_view sender;               ///< as sender_of() has it; empty: not known
};

/// The key of what is not known, and of what came when limits::kDeliveryKeys others were there.
inline constexpr std::string_view kNotKnown = "(not known)";
inline constexpr std::string_view kOthers = "(others)";

struct Row {
  std::int64_t week = 0;  ///< its Monday
  std::string_view key;   ///< of By: the domain, the reason, the sender; empty for By::week
  Sums sums;
};

/// Memory grows with weeks and keys, and is bounded by limits::kDeliveryRows.
class Tally {
 public:
  Tally();

  void add(const Occurrence& occurrence);

  /// Takes back what was added.
  void take(const Occurrence& occurrence);

  /// What was counted before. A key as Row has it.
  void add(By by, const Row& row);

  /// By week, then by key. Keys live as long as this object.
  [[nodiscard]] std::vector<Row> rows(By by) const;

  /// Of all weeks.
  [[nodiscard]] Sums total() const;

 private:
  struct Table {
    Interner keys;
    std::unordered_map<std::uint64_t, Sums> sums;  ///< by week and key
  };

  template <typename Change>
  void each(const Occurrence& occurrence, Change change);

  Sums& at(By by, std::int64_t week, std::string_view key);

  std::array<Table, kBys> tables_;
};

}  // namespace mailtrust::delivery
