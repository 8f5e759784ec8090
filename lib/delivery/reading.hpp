#pragma once
// Reads logs into a Ledger, each from where it was left.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "delivery/inputs.hpp"
#include "delivery/ledger.hpp"
#include "delivery/state.hpp"
#include "maillog/reader.hpp"

namespace mailtrust::delivery {

struct ReadingEvents {
  std::function<void(const Error&)> complain;  ///< a log that cannot be read, or not to its end
  std::function<void(std::size_t done, std::optional<double> fraction)> progress;
  std::function<bool()> goes_on;  ///< false: nobody wants the answer any more
};

class LogReading {
 public:
  /// `rest`: what becomes of a last line without an end, which may still be written to.
  LogReading(Ledger& ledger, const maillog::Options& options, maillog::Reader::Rest rest);

  /// What earlier runs left.
  void restore(std::span<const maillog::Place> places, std::string_view queue);

  /// Octets that an earlier run, or an earlier log of this one, has read are passed over.
  void read(std::vector<LogInput>& logs, const ReadingEvents& events);

  [[nodiscard]] const std::vector<ReadLog>& logs() const { return read_; }

  [[nodiscard]] const maillog::Reader::Counts& counts() const { return reader_.counts(); }

  /// For restore() of a later run.
  [[nodiscard]] std::string queue() const;

 private:
  Expected<void> read_one(LogInput& input, const ReadingEvents& events);

  maillog::Reader reader_;
  maillog::Reader::Rest rest_;
  std::vector<maillog::Place> places_;
  std::vector<ReadLog> read_;
};

}  // namespace mailtrust::delivery
