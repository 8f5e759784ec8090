#include "commands/dmarc_report_run.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "commands/dmarc_report_csv.hpp"
#include "commands/dmarc_report_findings.hpp"
#include "commands/dmarc_report_json.hpp"
#include "commands/dmarc_report_page.hpp"
#include "commands/list_validate_sources.hpp"
#include "commands/report_documents.hpp"
#include "list/provider_lookup.hpp"
#include "provider/provider.hpp"

namespace mailtrust::commands {
namespace {

using cli::Report;
using report::Document;
using report::Kind;

const provider::Provider* by_name(std::string_view name) {
  auto all = provider::all();
  auto found = std::ranges::find(all, name, &provider::Provider::name);
  return found == all.end() ? nullptr : &*found;
}

void add_failure(Report& report, const report::Failure& failure, const std::string& name) {
  report.json("kind", "failure")
      .field("headline", report::headline(failure),
             {.kind = cli::Style::Kind::title, .label = report::headline(failure)})
      .json("domain", text_value(failure.domain))
      .json("org", text_value(failure.reporter))
      .json("source_ip", failure.source ? cli::Value(to_string(*failure.source)) : cli::Value())
      .json("auth_failure", text_value(failure.failed))
      .json("delivery_result", text_value(failure.delivery))
      .json("arrival_date", moment_value(failure.arrival))
      .json("from", text_value(failure.from))
      .json("subject", text_value(failure.subject))
      .json("message_id", text_value(failure.message_id))
      .json("authentication_results", cli::Value::list(failure.results));
  std::vector<finding::Finding> findings;
  for (const auto& fault : failure.faults)
    findings.push_back(finding::make("report.damaged", name, fault));
  report.findings(std::move(findings)).judge(cli::Verdict::good);
}

}  // namespace

// One file or mail, and the answers for it.
class DmarcReportRun::Reading {
 public:
  Reading(DmarcReportRun& run, mailbox::Item& item, cli::Context& context)
      : run_(run), item_(item), context_(context), name_(mailbox::name_of(item)) {}

  Report run() {
    return read_documents(item_, run_.options_->inputs,
                          [this](const Document& document) { return take(document); });
  }

 private:
  Report take(const Document& document) {
    switch (document.kind) {
      case Kind::aggregate: return take_aggregate(document);
      case Kind::failure: return take_failure(document);
      case Kind::tls: return pass_over(document);
      case Kind::other: break;
    }
    return no_report(item_, document, "a DMARC aggregate or failure report");
  }

  Report pass_over(const Document& document) {
    run_.notes_.pass_over(name_ + document.name);
    auto report = report_about(item_, document.name);
    report.json("kind", "tls")
        .finding(finding::make("report.other-kind", name_ + document.name,
                               "an SMTP TLS report, passed over", "mailtrust tls report reads it"));
    // For people they are counted behind all of them.
    if (!context_.globals.json) report.silent();
    return report;
  }

  Report take_failure(const Document& document) {
    auto failure = report::read_failure(document.octets);
    if (!failure) return failed_document(item_, document, failure.error());
    ++run_.read_;
    auto report = report_about(item_, document.name);
    const auto& inputs = run_.options_->inputs;
    if (!inputs.wants_domain(failure->domain) ||
        !run_.period_.wants(failure->arrival, failure->arrival))
      report.json("ticket", 0).silent();
    else {
      ++run_.failures_;
      add_failure(report, *failure, name_ + document.name);
    }
    return report;
  }

  Report take_aggregate(const Document& document) {
    if (run_.options_->resolve) look_up_names(document);
    RecordsJson records;
    report::Tally tally(run_.parties_);
    std::optional<report::Metadata> seen;
    std::vector<report::Fault> faults;
    if (!document.fault.empty()) faults.push_back({{}, document.fault});
    bool json = context_.globals.json;
    auto metadata = report::read_aggregate(
        document.octets,
        [&](const report::Metadata& about, const report::Record& record) {
          if (!seen) seen = about;
          auto host = run_.host_of(record);
          if (json) records.add(record, host.name);
          tally.add(record, host);
          return true;
        },
        faults);
    if (metadata && metadata->policy.domain.empty() && tally.sources().empty() && !faults.empty())
      metadata = fail(Error::Kind::input, faults.front().where, faults.front().message);
    if (metadata) seen = std::move(*metadata);
    if (!seen) return failed_document(item_, document, metadata.error());
    ++run_.read_;
    auto report = report_about(item_, document.name);
    const auto& inputs = run_.options_->inputs;
    auto damaged = damage(faults, name_ + document.name);
    if (!inputs.wants_domain(seen->policy.domain) || !run_.period_.wants(seen->begin, seen->end)) {
      report.json("ticket", 0).silent();
    } else if (json) {
      add_aggregate(report, *seen, tally, records, std::move(damaged));
    } else {
      auto ticket = run_.waiting_.keep({std::move(*seen), std::move(tally), std::move(damaged)});
      report.json("ticket", ticket).silent();
    }
    if (!metadata) add_error(report, document, metadata.error());
    return report;
  }

  // What came before it counts all the same. Without a page of its own the error is told by an
  // answer for nothing else, as those with an error are not gathered.
  void add_error(Report& report, const Document& document, const Error& error) const {
    auto failed = failed_document(item_, document, error);
    if (report.is_silent())
      report.also(std::move(failed));
    else
      report.error(*failed.error());
  }

  static void add_aggregate(Report& report, const report::Metadata& metadata,
                            const report::Tally& tally, RecordsJson& records,
                            std::vector<finding::Finding> findings) {
    auto judged = judge_sources(tally.sources(), metadata.policy.domain, tally.selectors());
    add_metadata(report, metadata);
    report.json("records", records.take())
        .findings(std::move(findings))
        .findings(source_findings(judged, metadata.policy.domain))
        .judge(source_verdict(judged));
  }

  // All addresses first, so that their look-ups are under way at once.
  void look_up_names(const Document& document) {
    std::set<net::Address> addresses;
    std::vector<report::Fault> faults;
    auto done = report::read_aggregate(
        document.octets,
        [&](const report::Metadata&, const report::Record& record) {
          if (auto address = net::Address::read(record.source_ip)) addresses.insert(*address);
          return true;
        },
        faults);
    if (done) run_.names_.look_up({addresses.begin(), addresses.end()}, context_);
  }

  DmarcReportRun& run_;
  mailbox::Item& item_;
  cli::Context& context_;
  std::string name_;
};

Report DmarcReportRun::judge(mailbox::Item& item, cli::Context& context) {
  prepared_.run([&] { prepare(context); });
  return Reading(*this, item, context).run();
}

// DNS is not asked for the ranges: what `ip` and `list validate` left in the store is good enough.
void DmarcReportRun::prepare(const cli::Context& context) {
  quiet_ = context.globals.quiet || context.globals.json;
  verbose_ = context.globals.verbose;
  period_ = options_->inputs.period(context.now);
  ranges_ =
      list::look_up_providers({.store = cache_path(context.globals), .now = context.now}).ranges;
}

report::Host DmarcReportRun::host_of(const report::Record& record) const {
  report::Host host;
  auto address = net::Address::read(record.source_ip);
  if (!address) return host;
  if (options_->resolve) {
    auto known = names_.get(*address);
    host.name = std::move(known.name);
    host.unresolved = known.untold;
  }
  if (!host.name.empty())
    if (auto matches = provider::by_host(host.name); !matches.empty())
      host.service = matches.front().provider;
  if (host.service != nullptr) return host;
  auto hit = ranges_.find(list::block_of(*address));
  if (hit && !hit->providers.empty()) host.service = by_name(hit->providers.front());
  return host;
}

bool DmarcReportRun::gather(const Report& report) {
  auto ticket = ticket_of(report);
  if (!ticket) {
    if (quiet_) notes_.take_damage(report);  // the answer is handed out as it is
    return false;
  }
  auto pending = waiting_.take(*ticket);
  if (!pending) return true;
  if (!sources_.add(pending->metadata, pending->tally, options_->part)) {
    notes_.count_duplicate();
    return true;
  }
  for (auto& finding : pending->damage) notes_.add(std::move(finding));
  for (const auto& trouble : pending->metadata.errors)
    notes_.add(
        finding::make("report.reporter-trouble", report::reporter_of(pending->metadata), trouble));
  return true;
}

cli::Verdict DmarcReportRun::answer(cli::Output& output) const {
  auto domains = sources_.domains();
  std::vector<Report> pages;
  if (options_->part == report::Part::domain && !domains.empty()) {
    pages.push_back(domains_page(domains, verbose_));
  } else {
    for (const auto* domain : domains)
      pages.push_back(domain_page(*domain, options_->part, verbose_));
  }
  if (pages.empty() && read_ > 0 && failures_ == 0 && !quiet_) pages.push_back(nothing_wanted());
  if (pages.empty()) return cli::Verdict::good;
  if (auto notes = notes_.findings(); !notes.empty()) pages.back().findings(std::move(notes));
  return answer_pages(pages, quiet_, output);
}

cli::Verdict DmarcReportRun::finish(cli::Output& output) {
  if (options_->resolve) names_.finish(output);
  if (quiet_ || options_->csv) notes_.complain_of_damage(output);
  if (auto others = notes_.nothing_but_others(); others && read_ == 0) {
    output.complain(*others);
    return cli::Verdict::unusable;
  }
  if (!options_->csv) return answer(output);
  if (!quiet_) output.write(rows_csv(sources_.domains(), options_->part));
  return domains_verdict(sources_.domains());
}

}  // namespace mailtrust::commands
