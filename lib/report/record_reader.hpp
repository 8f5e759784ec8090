#pragma once
// The values of one <record>. RFC 7489 appendix C, RFC 9990 section 4.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "report/aggregate.hpp"
#include "report/xml.hpp"

namespace mailtrust::report {

/// Of what is wrong: the element's name, and a clause.
using FaultSink = std::function<void(std::string_view element, std::string message)>;

/// Kept for many records, so that their parts need no memory anew.
class RecordReader {
 public:
  explicit RecordReader(FaultSink fault) : fault_(std::move(fault)) {}

  /// Reads what stands in `element`; the record holds until the next call. Null when it has no
  /// count that is a number: what is counted by guess would be wrong in every sum.
  const Record* read(Element element);

 private:
  void read_part(Element part);
  void read_row(Element row);
  void read_policy(Element policy);
  void read_identifiers(Element identifiers);
  void read_results(Element results);
  void read_source(Element source);

  FaultSink fault_;
  Record record_;
  std::string address_;
  std::optional<std::uint64_t> count_;
  bool has_row_ = false;
};

}  // namespace mailtrust::report
