// mailtrust explain ID...
// What does a finding mean, why does it hurt, and how is it mended?
#include <string>
#include <vector>

#include "base/escape.hpp"
#include "cli/suggest.hpp"
#include "commands/commands.hpp"
#include "finding/finding.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

std::string unknown_id(std::string_view id) {
  std::vector<std::string> ids;
  for (const auto& entry : finding::catalogue()) ids.emplace_back(entry.id);
  auto near = cli::suggestion(id, ids);
  if (near.empty()) near = "; expected an id as the other commands show it, such as spf.syntax";
  return "no such finding" + near;
}

std::string story(const finding::Entry& entry) {
  std::string text(entry.title);
  text.append(" (").append(finding::to_string(entry.severity)).append(", ");
  return text.append(entry.reference).append(").\n\n").append(entry.text);
}

cli::Report judge(const cli::Input& input, cli::Context& /*context*/) {
  cli::Report report;
  const auto* entry = finding::find(input.text);
  report.field("id", input.text, {.kind = Kind::title});
  if (entry == nullptr) {
    auto where = input.where.empty() ? quote(input.text) : input.where;
    return report.error({Error::Kind::usage, where, unknown_id(input.text)});
  }
  return report.field("text", story(*entry), {.kind = Kind::prose});
}

}  // namespace

void add_explain(cli::Program& program) {
  program.command("explain", "Tell the long story of a finding")
      .about(
          "mailtrust explain spf.too-many-lookups says what the finding means, why it hurts and "
          "how to mend it.")
      .inputs("ID", "the id of a finding, as the other commands show it", judge,
              {.kind = cli::Work::Kind::computes, .questions = 0, .key = "id"},
              {.completes = cli::Completes::finding_id});
}

}  // namespace mailtrust::commands
