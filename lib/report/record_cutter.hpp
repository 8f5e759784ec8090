#pragma once
// Cuts the <record>s out of an aggregate report, one at a time, in one pass over its octets:
// bounded in depth, attributes and text, and what comes out is well-formed whatever the report is.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "report/document_text.hpp"
#include "report/fragment_writer.hpp"
#include "report/xml_tag.hpp"

namespace mailtrust::report {

class RecordCutter {
 public:
  /// What is not well-formed becomes a fault of `document`, and is mended: "<" that begins nothing
  /// is text, end tags that are missing are added, those that end nothing are left out.
  explicit RecordCutter(DocumentText& document);

  /// The next record into `record`: its elements and their texts, without attributes, prefixes
  /// and comments. False at the end. A record that the end of the document cuts, or that is
  /// over limits::kReportFragment, is left out with a fault. An Error of kind input, with line and
  /// column, for a DOCTYPE and over limits::kXml...
  Expected<bool> next(std::string& record);

  /// Where the last record began, in the text.
  [[nodiscard]] std::size_t record_at() const { return record_at_; }

  /// What stands around the records so far, in the same form.
  [[nodiscard]] std::string rest() const;

  /// Is the schema the one of RFC 9990, which has a namespace of its own?
  [[nodiscard]] bool is_namespaced() const { return is_namespaced_; }

 private:
  /// An element whose end was not seen yet.
  struct Open {
    std::string_view name;
    bool is_kept = false;  ///< it is in the report, not around it
  };

  enum class Place { before, inside, behind };

  Expected<bool> take_markup(std::string& record);
  Expected<bool> take_declaration();
  Expected<bool> take_section(std::string_view end, std::string_view what);
  Expected<void> take_text(std::size_t end);
  Expected<bool> take_start(const Tag& tag, std::string& record);
  Expected<bool> take_end(const Tag& tag);
  bool take_unmatched_end(const Tag& tag);
  void take_stray();
  Expected<void> finish();

  void begin_report(const Tag& tag);
  Expected<void> begin_record(std::string& record);
  bool end_record();
  void write_start(const Tag& tag);
  bool end_top();
  bool end_missing();
  void check_octets(std::size_t end);

  [[nodiscard]] bool is_record_open() const { return record_level_ > 0; }

  [[nodiscard]] Unexpected over(std::size_t at, const std::string& message);

  DocumentText& document_;
  std::string_view text_;
  FragmentWriter writer_;
  std::string rest_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::size_t record_level_ = 0;  ///< elements open down to the record; 0: none is open
  std::size_t record_at_ = 0;
  Place place_ = Place::before;
  bool is_after_start_ = false;  ///< the last markup was a start tag
  bool has_text_ = false;        ///< and a text followed it
  bool has_rest_ = false;        ///< markup since the last record
  bool has_odd_octets_ = false;  ///< references or control characters, anywhere
  bool is_namespaced_ = false;
};

}  // namespace mailtrust::report
