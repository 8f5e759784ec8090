#include "cli/report.hpp"

#include <utility>

namespace mailtrust::cli {

Report& Report::field(std::string key, Value value, Style style) {
  constexpr std::size_t kUsual = 12;
  if (fields_.empty()) fields_.reserve(kUsual);
  fields_.push_back({std::move(key), std::move(value), std::move(style)});
  return *this;
}

Report& Report::json(std::string key, Value value) {
  return field(std::move(key), std::move(value), {.kind = Style::Kind::hidden});
}

Report& Report::finding(finding::Finding finding) {
  judges_ = true;
  findings_.push_back(std::move(finding));
  return *this;
}

Report& Report::findings(std::vector<finding::Finding> findings) {
  judges_ = true;
  for (auto& finding : findings) findings_.push_back(std::move(finding));
  return *this;
}

Report& Report::show_findings(std::size_t most) {
  findings_shown_ = most;
  return *this;
}

Report& Report::brief() {
  brief_ = true;
  return *this;
}

Report& Report::silent() {
  silent_ = true;
  return *this;
}

Report& Report::also(Report next) {
  others_.push_back(std::move(next));
  return *this;
}

Report& Report::judge(Verdict verdict) {
  judges_ = true;
  verdict_ = verdict;
  return *this;
}

Report& Report::error(Error error) {
  verdict_ = error.kind == Error::Kind::temporary ? Verdict::unknown : Verdict::unusable;
  error_ = std::move(error);
  return *this;
}

}  // namespace mailtrust::cli
