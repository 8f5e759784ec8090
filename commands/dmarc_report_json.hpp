#pragma once
// Aggregate reports as JSON. Records are written as they come: a report of many takes the room of
// its text, not of a tree.

#include <memory>
#include <string>
#include <string_view>

#include "base/packed_text.hpp"
#include "cli/report.hpp"
#include "report/aggregate.hpp"

namespace mailtrust::commands {

/// The array "records", one after the other. Of more than 4 MiB only the end is kept as it is.
class RecordsJson {
 public:
  /// `reverse_name` that was looked up; empty: null.
  void add(const report::Record& record, std::string_view reverse_name);

  /// The whole array; nothing may be added afterwards.
  cli::Value take();

 private:
  void text(std::string_view key, std::string_view value);
  void text_or_null(std::string_view key, std::string_view value);

  void raw(std::string_view octets) { out_ += octets; }

  void reasons(const report::Record& record);
  void auth(const report::Record& record);

  std::string out_;
  std::shared_ptr<PackedText> head_;  // of many records
};

/// All keys but "records" and "findings".
void add_metadata(cli::Report& report, const report::Metadata& metadata);

}  // namespace mailtrust::commands
