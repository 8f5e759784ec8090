#pragma once
// Remembers answers for the run, and asks each question once however many want to know.

#include <array>
#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/sip_hash.hpp"
#include "dns/resolver.hpp"
#include "dns/source.hpp"

namespace mailtrust::dns {

/// A Resolver in front of a Source. Names are asked for in lower case, so that answers do not
/// depend on who asked first. `Answer::ttl` is as it was when the answer came.
class Cache : public Resolver {
 public:
  using Clock = Flight::Clock;

  struct Limits {
    std::size_t octets = 64U << 20;  ///< of memory, roughly; what was not used lately goes first
    std::size_t ahead = 1000;        ///< with so many flights in the air nothing is prefetched

    /// An answer is kept for its time to live, but at least so long that what was prefetched is of
    /// use, and at most so long.
    std::chrono::seconds least{5};
    std::chrono::seconds most{24 * 60 * 60};

    /// "Could not tell" is kept too, so that not every input asks a dead server again. RFC 9520
    /// section 3.2: at least 1 s, at most 5 minutes.
    std::chrono::seconds failure{30};
  };

  /// `source` must outlive the cache.
  explicit Cache(Source& source) : Cache(source, Limits()) {}

  Cache(Source& source, Limits limits);

  AnswerPtr query(const Question& question) override;
  AnswerPtr query_until(const Question& question, Deadline deadline) override;

  /// Submits, in one go, what is neither known nor on its way.
  void prefetch(std::span<const Question> questions) override;

 private:
  struct Hash {
    using is_transparent = void;
    SipHash hash;

    std::size_t operator()(std::string_view key) const noexcept { return hash(key); }
  };

  struct Entry {
    FlightPtr flight;
    Clock::time_point expires{};
    std::size_t octets = 0;  // of the answer; 0 until it is settled
    bool used = false;       // since it was last considered for eviction
  };

  using Entries = std::unordered_map<std::string, Entry, Hash, std::equal_to<>>;

  // The names of a table share its lock.
  struct Table {
    std::mutex mutex;
    Entries entries;
    std::size_t octets = 0;
    std::deque<Entries::value_type*> order;  // considered for eviction from the front
    std::deque<FlightPtr> unsettled;         // in the air, or landed since
  };

  struct Ticket {
    FlightPtr flight;
    bool is_new = false;  // to be submitted by who got it
  };

  Ticket join(const Question& question);
  FlightPtr fly(const Question& question);
  void launch(std::span<const FlightPtr> flights);
  static Entry& insert(Table& table, std::string_view key);
  void settle(Table& table, Entry& entry) const;
  void settle_some(Table& table) const;
  Clock::duration time_to_keep(const Answer& answer) const;
  void evict(Table& table) const;

  Source& source_;
  Limits limits_;
  Hash hash_;
  std::array<Table, 16> tables_;
};

}  // namespace mailtrust::dns
