// mailtrust spf check DOMAIN...
// What a domain's SPF record leads to, what it costs, whom it authorizes, and what is wrong.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/counted.hpp"
#include "base/limits.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/spf_compare.hpp"
#include "commands/spf_tree.hpp"
#include "commands/spf_words.hpp"
#include "dns/idna.hpp"
#include "dns/inquiry.hpp"
#include "dns/overlay_resolver.hpp"
#include "spf/lint.hpp"
#include "spf/partition.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

struct Options {
  std::optional<std::string> record;
  CompareOptions compare;
};

cli::Verdict verdict(const spf::Survey& survey, const std::vector<finding::Finding>& findings) {
  if (spf::is_broken(findings)) return cli::Verdict::bad;
  return survey.undetermined() ? cli::Verdict::unknown : cli::Verdict::good;
}

cli::Value validity(cli::Verdict verdict) {
  if (verdict == cli::Verdict::unknown) return nullptr;
  return verdict == cli::Verdict::good;
}

std::string headline(const std::string& domain, const spf::Survey& survey, cli::Verdict verdict) {
  const auto& cost = survey.root().total;
  auto text = dns::to_u_labels(domain) + ": ";
  switch (survey.root().status) {
    case spf::RecordStatus::missing: return text + "no SPF record";
    case spf::RecordStatus::several: return text + "several SPF records";
    case spf::RecordStatus::undetermined: return text + "could not tell";
    case spf::RecordStatus::found: break;
  }
  switch (verdict) {
    case cli::Verdict::bad: text += "the SPF record is broken"; break;
    case cli::Verdict::unknown: text += "could not tell all"; break;
    default: text += "the SPF record is valid"; break;
  }
  return text + ", " + counted(cost.lookups, "lookup") + " (limit 10), " +
         counted(cost.voids, "void lookup") + " (limit 2)";
}

// Tools that count otherwise are named only where their number differs.
void add_counts(cli::Report& report, const spf::Cost& cost) {
  report.json("lookups", cost.lookups)
      .json("void_lookups", cost.voids)
      .json("lookups_written", cost.written)
      .json("lookups_with_mx_hosts", cost.with_hosts)
      .json("void_lookups_ipv4", cost.voids_v4)
      .json("void_lookups_ipv6", cost.voids_v6);
}

std::string other_counts(const spf::Cost& cost) {
  std::string out;
  if (cost.written != cost.lookups)
    out += std::to_string(cost.written) +
           " written, as tools count that do not evaluate (RFC 7208 section 5.1 leaves out what "
           "follows all)";
  if (cost.with_hosts != cost.lookups)
    out += (out.empty() ? "" : "; ") + std::to_string(cost.with_hosts) +
           " with the hosts of mx, which have a limit of their own (RFC 7208 section 4.6.4)";
  return out;
}

std::string other_voids(const spf::Cost& cost) {
  if (cost.voids_v4 == cost.voids && cost.voids_v6 == cost.voids) return {};
  return std::to_string(cost.voids_v4) + " for a sender with an IPv4 address, " +
         std::to_string(cost.voids_v6) + " with an IPv6 one (RFC 7208 section 4.6.4)";
}

cli::Value text_or_null(const std::string& text) {
  return text.empty() ? cli::Value() : cli::Value(text);
}

std::string authorization(const spf::Partition& whole) {
  auto text = amount(whole.where(spf::Ruling::pass));
  if (!whole.where(spf::Ruling::depends).empty()) text += "; for others it depends on the message";
  return text;
}

cli::Value record_value(const spf::Node& root) {
  return root.texts.size() == 1 ? cli::Value(root.texts.front()) : cli::Value();
}

cli::Report page(const dns::Name& domain, const spf::Survey& survey) {
  auto findings = spf::lint(survey);
  auto outcome = verdict(survey, findings);
  auto whole = spf::whole_partition(survey);
  auto authorized = whole.where(spf::Ruling::pass);
  const auto& root = survey.root();
  auto name = to_string(domain);
  cli::Report report;
  report.json("domain", name)
      .field("summary", headline(name, survey, outcome), {.kind = Kind::title})
      .json("valid", validity(outcome))
      .field("record", record_value(root), {.kind = Kind::paste});
  add_counts(report, root.total);
  report.field("mechanisms", mechanisms_value(survey), mechanisms_style());
  if (root.status == spf::RecordStatus::found)
    report.field("authorizes", authorization(whole))
        .field("other_counts", text_or_null(other_counts(root.total)))
        .field("other_void_counts", text_or_null(other_voids(root.total)));
  report.field("prefixes", prefix_list(authorized), {.kind = Kind::verbose})
      .findings(std::move(findings))
      .judge(outcome);
  return report;
}

cli::Report judge(const dns::Name& domain, cli::Context& context, const Options& options) {
  if (!options.record) {
    dns::Inquiry one_check(context.resolver, limits::kSpfQuestions,
                           dns::Inquiry::Clock::time_point::max());
    return page(domain, spf::survey(one_check, domain));
  }
  dns::OverlayResolver overlay(context.resolver);
  publish(overlay, context.resolver, domain, *options.record);
  auto before = spf::survey(context.resolver, domain);
  auto after = spf::survey(overlay, domain);
  auto report = page(domain, after);
  add_change(report, before, after);
  return report;
}

}  // namespace

void add_spf_check(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto record = [options](std::string_view text) -> Expected<void> {
    options->record = text;
    return {};
  };
  auto diff = [options](std::string_view text) -> Expected<void> {
    options->compare.old_side = text;
    return {};
  };
  auto about = [options](std::string_view text) -> Expected<void> {
    auto domain = dns::Name::parse(text);
    if (!domain) return fail(domain.error());
    options->compare.domain = *domain;
    return {};
  };
  auto by_domain = cli::judge_each<dns::Name>(
      dns::Name::parse, "domain", [options](const dns::Name& domain, cli::Context& context) {
        return judge(domain, context, *options);
      });
  program.command("spf check", "The record as a tree, its lookups, and what is wrong with it")
      .option("--record", "TXT", "judge this record, not yet published, in the place of DOMAIN's",
              record)
      .option("--diff", "OLD", "compare OLD with NEW: records, zone files or domains", diff,
              {.completes = cli::Completes::file, .excludes = {"--record"}})
      .option("--domain", "DOMAIN", "with --diff: whose records these are", about)
      .about(
          "With --diff, NEW is the word that follows OLD: mailtrust spf check --diff OLD NEW. Of a "
          "zone file the record at --domain is taken, or the one at its shortest name; what the "
          "file does not hold is asked in DNS.")
      .inputs("DOMAIN", "the domain whose record is judged",
              [options, by_domain](const cli::Input& input, cli::Context& context) {
                if (!options->compare.old_side) return by_domain(input, context);
                return compare(input, context, options->compare);
              },
              {.questions = limits::kCheckQuestions});
}

}  // namespace mailtrust::commands
