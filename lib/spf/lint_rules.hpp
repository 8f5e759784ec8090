#pragma once
// The rules of lint(), by what they look at. Used by lint.cpp only.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "finding/finding.hpp"
#include "spf/publish.hpp"
#include "spf/survey.hpp"

namespace mailtrust::spf {

/// Findings of one id that are told; the last of them says how many more there are.
inline constexpr std::size_t kMostOfOne = 20;

/// Collects findings about one survey.
class Lint {
 public:
  explicit Lint(const Survey& survey) : survey_(survey) {}

  [[nodiscard]] const Survey& survey() const { return survey_; }

  /// Does the record belong to the domain that is judged?
  [[nodiscard]] bool is_own(const Node& node) const;

  void add(finding::Id id, std::string where, std::string message, std::string hint = {});

  /// The same at a column of a record.
  void add(finding::Id id, const Node& node, std::size_t column, std::string message,
           std::string hint = {});

  /// Would another finding of this id only be counted? Then its hint need not be made.
  [[nodiscard]] bool is_full(std::string_view id) const;

  // What would mend a fault, noted beside the finding that is added next. All that is noted about a
  // record makes one record to paste, which the most harmful of those findings shows. Other
  // people's records are left alone.
  void take_out(const Node& node, std::size_t column);
  void replace(const Node& node, std::size_t column, std::string term);
  void correct(const Node& node, std::size_t column, std::string term);  ///< even if taken out
  void append(const Node& node, std::string term);

  /// The findings, the most harmful first.
  std::vector<finding::Finding> take();

 private:
  struct Told {
    finding::Finding finding;
    const Node* mended = nullptr;  // whose record to paste belongs to it
  };

  void note(const Node& node, std::size_t column, std::string term);
  void offer(Told& told);

  const Survey& survey_;
  std::vector<Told> told_;
  std::map<const Node*, Edits> edits_;
  const Node* noted_ = nullptr;                             // by the finding to come
  std::map<std::string, std::size_t, std::less<>> counts_;  // by id
};

/// A hint's paste line: a new record for the node; empty when it is not own.
std::string paste(const Lint& lint, const Node& node, const std::string& text);

/// lint_record.cpp: is there one record, and is it written right? Sections 3, 4.5 and 4.6.
void judge_presence(Lint& lint, const Node& root);
void judge_syntax(Lint& lint, const Node& node);
void judge_size(Lint& lint, const Node& node);

/// lint_terms.cpp: terms that do nothing, or not what they seem to. Sections 5 and 6.
void judge_order(Lint& lint, const Node& node);
void judge_ending(Lint& lint, const Node& node);
void judge_repetition(Lint& lint, const Node& node);
void judge_modifiers(Lint& lint, const Node& node);

/// lint_addresses.cpp: whom the terms of one record authorize.
void judge_addresses(Lint& lint, const Node& node);
void judge_coverage(Lint& lint, const Node& node);

/// lint_tree.cpp: limits, includes, and what DNS says. Sections 4.6.4, 5.2 and 6.1.
void judge_limits(Lint& lint, const Node& root);
void judge_targets(Lint& lint, const Node& node);
void judge_lookups(Lint& lint, const Node& node);

}  // namespace mailtrust::spf
