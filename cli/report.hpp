#pragma once
// The answer for one input: named fields, findings, a verdict. Data only; cli/text.cpp and
// cli/json.cpp render it, both from the same fields.

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.hpp"
#include "cli/value.hpp"
#include "finding/finding.hpp"

namespace mailtrust::cli {

/// What one input came to; the exit status is made of all of them, worst first:
/// unusable (2), bad (1), unknown (3), good (0).
enum class Verdict { good, bad, unknown, unusable };

/// How a field looks as text. JSON is not touched by it.
struct Style {
  enum class Kind {
    line,     ///< `label: value`; arrays of text joined by ", " and wrapped
    hidden,   ///< JSON only
    verbose,  ///< `line`, but only with -v
    title,    ///< the label, or without one the value, alone on a line, emphasised: the first of
              ///< a page
    items,    ///< an array: one item a line under the label
    prose,  ///< paragraphs parted by empty lines, wrapped; lines that begin with four spaces stay,
            ///< those with two are wrapped by themselves, under what follows their label
    paste,  ///< text to copy: under the label, not wrapped, not escaped beyond safety, indented
    verbatim,  ///< the same at the margin and without a label, for pages that are a file to use
    tree,      ///< an array of objects, nested by `children`, drawn with lines; see `columns`
    table,     ///< an array of objects, one a row, with a heading; see `columns`
    area,      ///< an object with "verdict" (good, warning, bad, unknown, none) and "summary": a
               ///< coloured mark, the label, the summary
  };

  Kind kind = Kind::line;
  std::string label = {};  ///< default: the key with `_` as a space

  /// tree and table: the members shown, in order, the first being the tree's node text. A column
  /// `key:heading` has its own heading; `key other` shows both, `key|other` the one that is there.
  /// Empty, null and zero cells are left blank. A table's column `=key` is drawn as a bar, on a
  /// terminal only, the longest for the greatest number.
  std::vector<std::string> columns = {};
  std::string children = {};  ///< tree: the member that holds the array of nested nodes
  /// tree, table: without -v only those nested nodes, or rows, are shown whose member of that name
  /// is true.
  std::string only = {};
};

class Report {
 public:
  struct Field {
    std::string key;
    Value value;
    Style style;
  };

  /// Adds a member to the JSON object, shown as text by `style`. Keys are the contract's.
  Report& field(std::string key, Value value, Style style = {});

  /// JSON only.
  Report& json(std::string key, Value value);

  Report& finding(finding::Finding finding);
  Report& findings(std::vector<finding::Finding> findings);

  /// As text only the first `most` findings are shown, unless -v is given; JSON has them all.
  Report& show_findings(std::size_t most);

  /// As text only the first field that is shown, unless -v is given; JSON has them all.
  Report& brief();

  Report& judge(Verdict verdict);

  /// The input could not be processed: JSON gets "error" beside the fields so far, stderr one line,
  /// and the verdict follows from the kind (temporary: unknown, else unusable).
  Report& error(Error error);

  /// Nothing is printed of it, but for an error; gather() is told, and the verdict counts.
  Report& silent();

  /// Another answer for the same input: a line of JSON, or a page, behind this one's.
  Report& also(Report next);

  /// What also() was given; gone from here.
  std::vector<Report> take_others() { return std::exchange(others_, {}); }

  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }

  [[nodiscard]] const std::vector<finding::Finding>& findings() const { return findings_; }

  [[nodiscard]] std::size_t findings_shown() const { return findings_shown_; }

  [[nodiscard]] bool is_brief() const { return brief_; }

  [[nodiscard]] bool is_silent() const { return silent_; }

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  [[nodiscard]] Verdict verdict() const { return verdict_; }

  /// Does the answer judge, so that "findings" is present even when empty?
  [[nodiscard]] bool judges() const { return judges_; }

 private:
  std::vector<Field> fields_;
  std::vector<finding::Finding> findings_;
  std::vector<Report> others_;
  std::size_t findings_shown_ = std::numeric_limits<std::size_t>::max();
  std::optional<Error> error_;
  Verdict verdict_ = Verdict::good;
  bool judges_ = false;
  bool brief_ = false;
  bool silent_ = false;
};

}  // namespace mailtrust::cli
