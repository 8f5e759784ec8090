#pragma once
// What is told beside the counts of many reports: damage, reports given twice, reports of the other
// kind.

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/program.hpp"
#include "finding/finding.hpp"

namespace mailtrust::commands {

/// The reports that this command does not read, and the one that does.
struct OtherKind {
  std::string_view name;     ///< "DMARC report"
  std::string_view command;  ///< "mailtrust dmarc report"
};

class ReportNotes {
 public:
  explicit ReportNotes(OtherKind other) : other_(other) {}

  /// A report of the other kind, by its name for people. From any thread; all else is for one.
  void pass_over(const std::string& name);

  void count_duplicate() { ++duplicates_; }

  /// At most 1,000 are kept of all reports.
  void add(finding::Finding finding);

  /// The report.damaged of an answer that is handed out by itself.
  void take_damage(const cli::Report& report);

  /// Tells of damage on stderr, for those who see no page.
  void complain_of_damage(cli::Output& output) const;

  /// When nothing was read: there were only reports of the other kind.
  [[nodiscard]] std::optional<Error> nothing_but_others() const;

  [[nodiscard]] std::vector<finding::Finding> findings() const;

 private:
  OtherKind other_;
  std::mutex mutex_;
  std::uint64_t passed_over_ = 0;
  std::string first_name_;  ///< of those passed over
  std::uint64_t duplicates_ = 0;
  std::vector<finding::Finding> kept_;
};

}  // namespace mailtrust::commands
