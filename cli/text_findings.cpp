// Findings and lookups as text.
#include "base/escape.hpp"
#include "cli/paint.hpp"
#include "cli/width.hpp"

namespace mailtrust::cli {
namespace {

// Where it is, its id for `explain`, and the clause behind it.
std::string reference_line(const finding::Finding& finding, const Screen& screen) {
  std::string line;
  for (const auto& part : {finding.where, finding.id, finding.reference}) {
    if (part.empty()) continue;
    if (!line.empty()) line += screen.unicode ? " \u00b7 " : " - ";
    line += escape_unsafe(part);
  }
  return line;
}

void append_hint(std::string& out, std::string_view hint, const Screen& screen) {
  if (hint.empty()) return;
  auto end = std::min(hint.find('\n'), hint.size());
  out += "  ";
  append_wrapped(out, escape_unsafe(hint.substr(0, end)), 2, 2, screen.width);
  out += '\n';
  if (end < hint.size()) append_paste(out, hint.substr(end + 1), 4);
}

void append_finding(std::string& out, const finding::Finding& finding, const Screen& screen) {
  auto mark = mark_of(finding::to_string(finding.severity), screen);
  append_painted(out, mark.tone, mark.text, screen);
  out += ' ';
  append_wrapped(out, escape_unsafe(finding.message), 2, 2, screen.width);
  out += "\n  ";
  std::string line;
  append_wrapped(line, reference_line(finding, screen), 2, 2, screen.width);
  append_painted(out, Tone::faint, line, screen);
  out += '\n';
  append_hint(out, finding.hint, screen);
}

std::string text_of(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value != nullptr ? to_line(*value) : std::string{};
}

std::string lookup_line(const Value& lookup) {
  auto line = text_of(lookup, "name") + ' ' + text_of(lookup, "type") + ' ';
  const Value* failure = lookup.find("failure");
  line += text_of(lookup, "status");
  if (failure != nullptr) line += " (" + to_line(*failure) + ')';
  for (const char* key : {"aliases", "records"}) {
    const Value* values = lookup.find(key);
    if (values == nullptr || is_blank(*values)) continue;
    line += std::string_view(key) == "aliases" ? ", alias of " : ": ";
    line += to_line(*values);
  }
  return line;
}

}  // namespace

void append_findings(std::string& out, const Report& report, const Screen& screen) {
  const auto& findings = report.findings();
  auto most = screen.verbose ? findings.size() : report.findings_shown();
  auto shown = std::min(most, findings.size());
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += '\n';
    append_finding(out, findings[i], screen);
  }
  if (shown == findings.size()) return;
  append_painted(
      out, Tone::faint,
      "\n" + std::to_string(findings.size() - shown) + " more, less harmful; -v shows them",
      screen);
  out += '\n';
}

void append_evidence(std::string& out, const Value& evidence, const Screen& screen) {
  append_painted(out, Tone::strong, "lookups:", screen);
  out += '\n';
  const auto* array = evidence.array();
  if (array == nullptr) return;
  std::size_t number = 0;
  auto digits = std::to_string(array->size()).size();
  for (const auto& lookup : *array) {
    auto label = std::to_string(++number);
    out.append(2 + digits - label.size(), ' ');
    out += label + ". ";
    append_wrapped(out, lookup_line(lookup), digits + 4, digits + 4, screen.width);
    out += '\n';
  }
}

}  // namespace mailtrust::cli
