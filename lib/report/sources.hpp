#pragma once
// What many aggregate reports come to: who sends in a domain's name, and how it goes. First each
// report by itself (Tally), on any thread; then all of them, in the order they were given, so that
// the result is the same however many threads there are.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "report/aggregate.hpp"
#include "report/speaker.hpp"
#include "report/sums.hpp"

namespace mailtrust::report {

/// Messages by address, folded as it grows. Once there are kMost addresses or more, no others are
/// taken up; their messages are in others().
class AddressCounts {
 public:
  using Count = std::pair<net::Address, std::uint64_t>;

  static constexpr std::size_t kMost = 1000;

  void add(const net::Address& address, std::uint64_t messages);
  void add(const AddressCounts& more);

  /// The busiest first, then by address.
  [[nodiscard]] std::vector<Count> busiest() const;

  /// Messages of the addresses that were not kept.
  [[nodiscard]] std::uint64_t others() const { return others_; }

 private:
  void fold();
  void add_to_full(const net::Address& address, std::uint64_t messages);

  std::vector<Count> counts_;  // when full: sorted, each once
  std::size_t fold_at_ = 8;
  std::uint64_t others_ = 0;
  bool is_full_ = false;
};

/// All that a source sent.
struct Source {
  Speaker speaker;  ///< of its first record; selector and other of the first that has one
  AddressCounts addresses;
  Sums sums;

  void add(const Source& more);
};

/// How often a signature verified.
struct Verified {
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
};

/// By "SELECTOR DOMAIN".
using Selectors = std::map<std::string, Verified, std::less<>>;

/// What stands for the sources that come behind the first 20,000, in a row of its own.
inline constexpr std::string_view kOtherSources = "(others)";

/// One report's records by source. Memory grows with sources, not with records.
class Tally {
 public:
  explicit Tally(Parties& parties) : parties_(&parties) {}

  void add(const Record& record, const Host& host);

  [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }

  [[nodiscard]] const Selectors& selectors() const { return selectors_; }

 private:
  Parties* parties_;
  std::vector<Source> sources_;
  std::unordered_map<std::string, std::size_t> places_;  // by Speaker::who
  Selectors selectors_;
};

/// A policy as reporters saw it published.
struct SeenPolicy {
  std::string text;  ///< policy_text()
  std::set<std::string> reporters;
  std::uint64_t reports = 0;
  std::optional<std::int64_t> first, last;  ///< begin of the first report, end of the last
};

/// What rows are made of beside sources.
enum class Part { source, domain, reporter, day };

/// All that was reported about a domain.
struct DomainSources {
  std::string domain;
  std::uint64_t reports = 0;
  std::set<std::string> reporters;
  std::optional<std::int64_t> first, last;  ///< Unix seconds
  Sums sums;
  std::vector<Source> sources;        ///< in the order they came
  std::map<std::string, Sums> parts;  ///< by reporter, or by day ("2026-11-22"); else empty
  std::vector<SeenPolicy> policies;   ///< each once, the newest last
  Selectors selectors;
};

/// Not thread-safe.
class Sources {
 public:
  /// False: this report (reporter, report id, domain, time) was added before, and is not counted.
  /// `part`: what DomainSources::parts are.
  bool add(const Metadata& metadata, const Tally& tally, Part part = Part::source);

  /// By messages, most first, then by name.
  [[nodiscard]] std::vector<const DomainSources*> domains() const;

 private:
  struct Kept {
    DomainSources sums;
    std::unordered_map<std::string, std::size_t> places;  // of sources
  };

  bool is_new(const Metadata& metadata);

  std::map<std::string, Kept> domains_;
  std::unordered_set<std::string> seen_;
};

/// The name of who sent the report: its organization, else its address's domain, else "unknown".
std::string reporter_of(const Metadata& metadata);

/// The UTC day in the middle of the time reported about: "2026-11-22"; else "unknown".
std::string day_of(const std::optional<std::int64_t>& begin,
                   const std::optional<std::int64_t>& end);

/// What a policy comes to, in the tags that every reporter knows: p, and sp, adkim and aspf where
/// they are not the default. (Older reporters leave out np and t, newer ones pct.)
std::string policy_text(const PublishedPolicy& policy);

}  // namespace mailtrust::report
