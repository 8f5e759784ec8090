#include "commands/tls_report_run.hpp"

#include <algorithm>
#include <string>

#include "commands/report_documents.hpp"
#include "commands/tls_report_page.hpp"

namespace mailtrust::commands {
namespace {

using cli::Report;
using report::Document;
using report::Kind;

}  // namespace

// One file or mail, and the answers for it.
class TlsReportRun::Reading {
 public:
  Reading(TlsReportRun& run, mailbox::Item& item, cli::Context& context)
      : run_(run), item_(item), context_(context), name_(mailbox::name_of(item)) {}

  Report run() {
    return read_documents(item_, run_.options_->inputs,
                          [this](const Document& document) { return take(document); });
  }

 private:
  Report take(const Document& document) {
    if (document.kind == Kind::tls) return take_tls(document);
    if (document.kind == Kind::other) return no_report(item_, document, "an SMTP TLS report");
    run_.notes_.pass_over(name_ + document.name);
    auto report = report_about(item_, document.name);
    report.json("kind", document.kind == Kind::aggregate ? "aggregate" : "failure")
        .finding(finding::make("report.other-kind", name_ + document.name,
                               "a DMARC report, passed over", "mailtrust dmarc report reads it"));
    // For people they are counted behind all of them.
    if (!context_.globals.json) report.silent();
    return report;
  }

  Report take_tls(const Document& document) {
    std::vector<report::Fault> faults;
    if (!document.fault.empty()) faults.push_back({{}, document.fault});
    auto read = report::read_tls(document.octets, faults);
    if (!read) return failed_document(item_, document, read.error());
    ++run_.read_;
    auto report = report_about(item_, document.name);
    const auto& inputs = run_.options_->inputs;
    auto damaged = damage(faults, name_ + document.name);
    bool wanted = run_.period_.wants(read->begin, read->end) &&
                  (inputs.domain.empty() ||
                   std::ranges::any_of(read->policies, [&](const report::TlsPolicy& policy) {
                     return inputs.wants_domain(policy.domain);
                   }));
    if (!wanted) {
      report.json("ticket", 0).silent();
    } else if (context_.globals.json) {
      add_tls_report(report, *read, inputs, name_ + document.name);
      report.findings(std::move(damaged));
    } else {
      report.json("ticket", run_.waiting_.keep({std::move(*read), std::move(damaged)})).silent();
    }
    return report;
  }

  TlsReportRun& run_;
  mailbox::Item& item_;
  cli::Context& context_;
  std::string name_;
};

Report TlsReportRun::judge(mailbox::Item& item, cli::Context& context) {
  prepared_.run([&] {
    quiet_ = context.globals.quiet || context.globals.json;
    verbose_ = context.globals.verbose;
    period_ = options_->inputs.period(context.now);
  });
  return Reading(*this, item, context).run();
}

bool TlsReportRun::gather(const Report& report) {
  auto ticket = ticket_of(report);
  if (!ticket) {
    if (quiet_) notes_.take_damage(report);  // the answer is handed out as it is
    return false;
  }
  auto pending = waiting_.take(*ticket);
  if (!pending) return true;
  if (!sources_.add(pending->report, options_->inputs.domain)) {
    notes_.count_duplicate();
    return true;
  }
  for (auto& finding : pending->damage) notes_.add(std::move(finding));
  return true;
}

cli::Verdict TlsReportRun::finish(cli::Output& output) {
  if (quiet_) notes_.complain_of_damage(output);
  if (auto others = notes_.nothing_but_others(); others && read_ == 0) {
    output.complain(*others);
    return cli::Verdict::unusable;
  }
  auto domains = sources_.domains();
  if (domains.empty()) {
    std::vector<Report> pages;
    if (read_ > 0 && !quiet_)
      pages.push_back(std::move(nothing_wanted().findings(notes_.findings())));
    return answer_pages(pages, quiet_, output);
  }
  // One page at a time: there may be very many.
  auto verdict = cli::Verdict::good;
  for (const auto* domain : domains) {
    if (domain != domains.front() && !quiet_) output.write("\n");
    auto page = tls_page(*domain, options_->part, verbose_);
    if (domain == domains.back()) page.findings(notes_.findings());
    auto one = output.answer(page);
    if (one == cli::Verdict::bad || verdict == cli::Verdict::good) verdict = one;
    if (!output.is_open()) break;
  }
  return verdict;
}

}  // namespace mailtrust::commands
