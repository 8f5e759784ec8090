// mailtrust spf flatten DOMAIN
// The same authorization with fewer lookups, as lines for a zone file.
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/spf_words.hpp"
#include "dns/txt_line.hpp"
#include "spf/flatten.hpp"
#include "spf/lint.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

std::string comment(const std::string& text) {
  return "; " + text + '\n';
}

// A page that can go into a zone file as it is: all but the records are comments.
std::string zone_text(const spf::Flattened& flat, const spf::Survey& survey) {
  std::string out;
  if (!flat.changed) {
    out += comment("nothing to replace: the record stays as it is");
  } else {
    for (const auto& term : flat.flattened) out += comment("flattened: " + term);
  }
  for (const auto& term : flat.unlistable)
    out += comment("kept, because it depends on the message: " + term);
  if (flat.records.size() > 1) out += comment("publish in this order");
  for (const auto& record : flat.records) out += dns::txt_line(record.name, record.text) + '\n';
  if (flat.changed && !flat.flattened.empty())
    out += comment("keep the old record (" + counted(survey.root().total.lookups, "lookup") +
                   "): run this again on it when the services change their addresses");
  if (out.ends_with('\n')) out.pop_back();
  return out;
}

cli::Value records_value(const spf::Flattened& flat) {
  cli::Value::Array out;
  for (const auto& record : flat.records) {
    cli::Value::Object object;
    object.emplace_back("name", to_string(record.name));
    object.emplace_back("txt", record.text);
    out.emplace_back(std::move(object));
  }
  return out;
}

// Why there is nothing to publish: what is wrong with the record, or that it cannot be told.
cli::Report refusal(cli::Report report, const spf::Survey& survey, Error error) {
  auto findings = spf::lint(survey);
  // Too many lookups are what flattening is for, and not why it was refused.
  std::erase_if(findings, [](const auto& finding) { return finding.id == "spf.too-many-lookups"; });
  bool broken = error.kind != Error::Kind::temporary && spf::is_broken(findings);
  if (!broken) return report.error(std::move(error));
  report
      .field("result", error.message,
             {.kind = Kind::title, .label = error.where + ": " + error.message})
      .json("records", cli::Value::Array{})
      .json("prefixes", cli::Value::Array{})
      .json("lookups", survey.root().total.lookups)
      .findings(std::move(findings))
      .judge(cli::Verdict::bad);
  return report;
}

cli::Report judge(const dns::Name& domain, cli::Context& context,
                  const spf::FlattenOptions& options) {
  auto name = to_string(domain);
  auto survey = spf::survey(context.resolver, domain);
  auto flat = spf::flatten(context.resolver, survey, options);
  cli::Report report;
  report.json("domain", name);
  if (!flat) return refusal(std::move(report), survey, flat.error());

  auto before = survey.root().total.lookups;
  cli::Value::Array prefixes;
  for (const auto& prefix : flat->prefixes) prefixes.emplace_back(to_string(prefix));
  auto lookups = counted(before, "lookup") + " before, " + std::to_string(flat->lookups) + " after";
  report
      .field("lookups", flat->lookups, {.kind = Kind::title, .label = "; " + name + ": " + lookups})
      .field("zone", zone_text(*flat, survey), {.kind = Kind::verbatim})
      .json("records", records_value(*flat))
      .json("prefixes", std::move(prefixes))
      .json("lookups_before", before)
      .json("flattened", cli::Value::list(flat->flattened))
      .json("unlistable", cli::Value::list(flat->unlistable))
      .findings({});
  if (flat->lookups > limits::kSpfLookupTerms)
    report
        .finding(finding::make("spf.too-many-lookups", name,
                               counted(flat->lookups, "lookup") +
                                   " are left when everything that can be listed is flattened",
                               "remove terms that depend on the message, or whole services"))
        .judge(cli::Verdict::bad);
  return report;
}

}  // namespace

void add_spf_flatten(cli::Program& program) {
  auto options = std::make_shared<spf::FlattenOptions>();
  auto enough = [options](std::string_view text) -> Expected<void> {
    options->enough = parse_number<std::size_t>(text);
    if (options->enough && *options->enough <= limits::kSpfLookupTerms) return {};
    return fail(Error::Kind::usage, "", quote(text) + ": expected a number of lookups, 0 to 10");
  };
  program.command("spf flatten", "The same authorization with fewer lookups, ready to publish")
      .option("--lookups", "N", "replace no more than it takes to come down to N (at most 10)",
              enough)
      .about(
          "The text is lines for a zone file. The new record is proven to treat every address as "
          "the old one does before it is shown.")
      .inputs("DOMAIN", "the domain whose record is flattened",
              cli::judge_each<dns::Name>(dns::Name::parse, "domain",
                                         [options](const dns::Name& domain, cli::Context& context) {
                                           return judge(domain, context, *options);
                                         }),
              {.questions = limits::kCheckQuestions});
}

}  // namespace mailtrust::commands
