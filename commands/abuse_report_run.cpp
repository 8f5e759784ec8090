#include "commands/abuse_report_run.hpp"

#include <map>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "cli/exit_status.hpp"
#include "cli/word_source.hpp"
#include "commands/abuse_report_case.hpp"
#include "commands/abuse_report_delivery.hpp"
#include "commands/abuse_report_writer.hpp"
#include "commands/redaction_key.hpp"
#include "commands/whole_message.hpp"
#include "complaint/redact.hpp"

namespace mailtrust::commands {
namespace {

using complaint::Incident;

class Run {
 public:
  Run(AbuseReportOptions& options, cli::Context& context, cli::Output& output)
      : options_(options),
        context_(context),
        output_(output),
        writer_(options, context),
        delivery_(options, context, output) {}

  cli::Verdict run() {
    if (auto ready = prepare(); !ready) return refuse(ready.error());
    cli::WordSource words(options_.files, options_.input);
    if (auto opened = words.open(); !opened) return refuse(opened.error());
    while (auto word = words.next()) {
      if (word->error)
        add_error(word->input.text, *word->error);
      else
        walk(word->input.text);
      if (!output_.is_open()) return verdict_;
    }
    last_ = true;
    finish_cases();
    return cli::worse(verdict_, options_.finder.finish(output_));
  }

 private:
  Expected<void> prepare() {
    if (options_.files.empty() && options_.input.empty())
      return fail(Error::Kind::usage, "FILE", "missing; mailtrust abuse report --help tells more");
    if (options_.send && options_.from.empty())
      return fail(Error::Kind::usage, "--send", "needs --from: in whose name it is sent");
    const auto& trusted = options_.trusted.get(context_);
    if (!trusted) return fail(trusted.error());
    trusted_ = &*trusted;
    if (!options_.redact) {
      if (options_.redact_also.empty() && options_.redact_key.empty()) return {};
      return fail(Error::Kind::usage,
                  options_.redact_key.empty() ? "--redact-also" : "--redact-key",
                  "is for --redact");
    }
    auto key = redaction_key(options_.redact_key, context_);
    if (!key) return fail(key.error());
    redactor_.emplace(std::move(*key));
    for (const auto& text : options_.redact_also)
      if (auto added = redactor_->add(text); !added)
        return fail(Error::Kind::usage, "--redact-also", added.error().message);
    return {};
  }

  cli::Verdict refuse(const Error& error) { return output_.answer(cli::Report().error(error)); }

  void walk(const std::string& word) {
    mailbox::Walk walk(word, options_.messages.quoting);
    bool any = false;
    while (output_.is_open()) {
      auto item = walk.next();
      if (!item) {
        add_error(item.error().where, item.error());
      } else if (*item) {
        take(**item);
      } else {
        break;
      }
      any = true;
      output_.progress(++done_, walk.fraction());
    }
    if (!any && !walk.may_be_empty())
      add_error(word, {Error::Kind::input, word, "holds no message"});
  }

  void add_error(const std::string& file, Error error) {
    auto& one = cases_.emplace_back(std::make_unique<AbuseCase>());
    one->file = file;
    one->name = file;
    if (error.where.empty()) error.where = file;
    one->error = std::move(error);
  }

  void take(mailbox::Item& item) {
    auto one = std::make_unique<AbuseCase>();
    one->file = item.file;
    one->index = item.index;
    one->name = name_of(item);
    auto octets = read_whole(item, options_.messages.max_size);
    if (!octets)
      one->error = octets.error();
    else
      one->incident = incident_of(*one, std::move(*octets));
    if (one->incident) held_ += one->incident->octets.size();
    cases_.push_back(std::move(one));
    if (held_ > kHeldMessages) finish_cases();
  }

  std::unique_ptr<Incident> incident_of(AbuseCase& one, std::string octets) {
    if (redactor_) {
      auto redacted = redactor_->redact(octets);
      octets = std::move(redacted.octets);
      one.doubts = std::move(redacted.doubts);
    }
    return std::make_unique<Incident>(
        complaint::read_incident(one.name, std::move(octets), *trusted_));
  }

  // Groups what was read, finds whom to write to, writes, answers in the order of the input.
  void finish_cases() {
    AbuseComplaints complaints;
    std::map<const AbuseCase*, AbuseComplaint*> complaint_of;
    std::map<net::Address, AbuseComplaint*> by_source;
    for (const auto& one : cases_) {
      if (one->error) continue;
      const auto& source = one->incident->trace.origin.ip;
      AbuseComplaint* group = source && !options_.single ? by_source[*source] : nullptr;
      if (group == nullptr) {
        group = complaints.emplace_back(std::make_unique<AbuseComplaint>()).get();
        if (source) by_source[*source] = group;
      }
      group->cases.push_back(one.get());
      complaint_of[one.get()] = group;
    }
    writer_.write(complaints);
    delivery_.deliver(complaints, last_);
    for (const auto& one : cases_) answer(*one, complaint_of[one.get()]);
    cases_.clear();
    held_ = 0;
  }

  // Standard output is for the mail, unless it went elsewhere or JSON is wanted.
  void answer(const AbuseCase& one, const AbuseComplaint* complaint) {
    auto report = report_of(one, complaint);
    if (report.error()) {
      verdict_ = cli::worse(verdict_, output_.answer(report));
      return;
    }
    bool elsewhere = options_.send || !options_.output.empty();
    if (context_.globals.json || (elsewhere && complaint->reason.empty())) output_.answer(report);
    if (!complaint->reason.empty())
      output_.complain({Error::Kind::input, one.name, complaint->reason});
    else if (!context_.globals.json && !elsewhere && !context_.globals.quiet)
      for (const auto& doubt : one.doubts)
        output_.complain({Error::Kind::input, one.name, "note: " + doubt});
    verdict_ = cli::worse(verdict_, report.verdict());
  }

  AbuseReportOptions& options_;
  cli::Context& context_;
  cli::Output& output_;
  ComplaintWriter writer_;
  ComplaintDelivery delivery_;
  const received::Trusted* trusted_ = nullptr;
  std::optional<complaint::Redactor> redactor_;
  std::vector<std::unique_ptr<AbuseCase>> cases_;
  std::size_t held_ = 0;  ///< octets of the messages in cases_
  std::size_t done_ = 0;
  bool last_ = false;  ///< no more messages come
  cli::Verdict verdict_ = cli::Verdict::good;
};

}  // namespace

cli::Verdict run_abuse_report(AbuseReportOptions& options, cli::Context& context,
                              cli::Output& output) {
  return Run(options, context, output).run();
}

}  // namespace mailtrust::commands
