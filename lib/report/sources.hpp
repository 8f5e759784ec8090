#pragma once
// What many aggregate reports come to: who sends in a domain's name, and what to do about it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/aggregate.hpp"

namespace mailtrust::report {

enum class Part { source, domain, reporter, day };

/// What a source is to the domain.
enum class Standing {
  fine,       ///< passes DMARC
  half,       ///< passes by one way only: SPF, which forwarding breaks, or DKIM
  unaligned,  ///< a known service that signs or is allowed in its own name: set up the domain there
  forwarder,  ///< its DKIM passes though it is no source of the domain's
  foreign,    ///< nothing speaks for it: not yours, safe to reject
  unclear,
};

struct Row {
  std::string domain;                  ///< the one reported about
  std::string key;                     ///< the part's: a source's name, a reporter, a day
  std::string who;                     ///< provider or host, where known
  std::vector<std::string> addresses;  ///< the busiest first, at most 10
  std::uint64_t address_count = 0;
  std::uint64_t messages = 0, passed = 0, by_dkim = 0, by_spf = 0;
  std::uint64_t refused = 0;  ///< of those that failed: quarantined or rejected already
  Standing standing = Standing::unclear;
  std::string action;  ///< one sentence; empty when there is nothing to do
};

/// Sums of records; memory grows with sources, not with records. Thread-safe.
class Sources {
 public:
  explicit Sources(Part part);
  ~Sources();

  void add(const Metadata& metadata, const Record& record);

  /// By domain, then by messages, most first.
  [[nodiscard]] std::vector<Row> rows() const;

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::report
