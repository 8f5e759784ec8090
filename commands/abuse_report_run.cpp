#include "commands/abuse_report_run.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "abuse/scope.hpp"
#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "cli/exit_status.hpp"
#include "cli/word_source.hpp"
#include "commands/abuse_report_case.hpp"
#include "commands/abuse_report_contacts.hpp"
#include "commands/redaction_key.hpp"
#include "commands/sendmail.hpp"
#include "commands/whole_message.hpp"
#include "complaint/moment.hpp"
#include "complaint/redact.hpp"
#include "complaint/text.hpp"
#include "complaint/xarf_write.hpp"

namespace mailtrust::commands {
namespace {

using complaint::Incident;

class Run {
 public:
  Run(AbuseReportOptions& options, cli::Context& context, cli::Output& output)
      : options_(options), context_(context), output_(output), contacts_(options.finder, context) {}

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
    std::vector<std::unique_ptr<AbuseComplaint>> complaints;
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
    look_up(complaints);
    for (const auto& one : complaints) compose(*one);
    deliver(complaints);
    for (const auto& one : cases_) answer(*one, complaint_of[one.get()]);
    cases_.clear();
    held_ = 0;
  }

  static const received::Trace& trace_of(const AbuseComplaint& one) {
    return one.cases.front()->incident->trace;
  }

  // RFC 6650 section 5: the network the message came from; and who vouches for it, if somebody
  // does.
  static std::vector<net::Address> responsible(const AbuseComplaint& one) {
    const auto& trace = trace_of(one);
    if (!trace.origin.ip) return {};
    std::vector<net::Address> out = {*trace.origin.ip};
    bool vouched = trace.origin.confidence == received::Confidence::vouched;
    if (vouched && trace.handover && *trace.handover != out.front()) out.push_back(*trace.handover);
    return out;
  }

  void look_up(const std::vector<std::unique_ptr<AbuseComplaint>>& complaints) {
    if (!options_.to.empty()) return;
    std::vector<net::Address> addresses;
    for (const auto& one : complaints)
      for (const auto& address : responsible(*one)) addresses.push_back(address);
    contacts_.look_up(addresses);
  }

  void compose(AbuseComplaint& one) {
    const auto& origin = trace_of(one).origin;
    if (!origin.ip) {
      one.reason = "nobody to complain to: " + origin.why;
      return;
    }
    if (!choose_recipients(one)) return;
    one.from = choose_sender(one);
    if (one.from.empty() && options_.xarf) {
      one.trouble =
          Error{Error::Kind::usage, "--from",
                "missing: --xarf needs it, as the message does not tell in whose name to complain"};
      return;
    }
    write(one);
  }

  bool choose_recipients(AbuseComplaint& one) {
    one.to = options_.to;
    if (!one.to.empty()) return true;
    for (const auto& address : responsible(one)) {
      auto contact = best_contact(contacts_.of(address));
      bool is_new = std::ranges::find(one.to, contact) == one.to.end();
      if (!contact.empty() && is_new) one.to.push_back(std::move(contact));
    }
    if (!one.to.empty()) return true;
    auto address = *trace_of(one).origin.ip;
    const auto& answer = contacts_.of(address);
    if (answer.could_not_tell) {
      auto why = answer.trouble.empty() ? std::string() : ": " + answer.trouble.front();
      one.trouble = Error{Error::Kind::temporary,
                          {},
                          "could not find out who answers for " + to_string(address) + why};
    } else {
      one.reason = "nobody is named who answers for " + to_string(address);
      if (!answer.internal.empty()) one.reason += " (" + answer.internal + ')';
      if (!answer.contacts.empty()) one.reason += "; the contacts there are take no mail";
    }
    return false;
  }

  // Unless it is said: whom the message was for, or who runs the server that took it.
  [[nodiscard]] std::string choose_sender(const AbuseComplaint& one) const {
    if (!options_.from.empty()) return options_.from;
    const auto& incident = *one.cases.front()->incident;
    if (!options_.redact && !incident.recipients.empty()) return incident.recipients.front();
    auto postmaster = "postmaster@" + incident.trace.hops.front().field.by;
    return complaint::is_plain_mailbox(postmaster) ? postmaster : std::string{};
  }

  void write(AbuseComplaint& one) {
    complaint::Complaint out;
    out.from = one.from;
    out.to = one.to;
    out.agent = "mailtrust/" + std::string(cli::program_version());
    out.now = context_.now;
    out.source = *trace_of(one).origin.ip;
    out.redacted = options_.redact;
    if (options_.to.empty()) out.network = network_of(contacts_.of(out.source));
    for (const auto* each : one.cases) out.incidents.push_back(each->incident.get());
    one.coverage = complaint::coverage_of(out);
    if (options_.xarf) add_xarf(one, out);
    one.mail = complaint::write(out);
  }

  static std::string network_of(const abuse::Answer& answer) {
    auto text = answer.network ? abuse::to_text(*answer.network) : std::string{};
    for (const auto* word : {&answer.name, &answer.organization, &answer.country})
      if (!word->empty()) text.append(text.empty() ? "" : ", ").append(*word);
    return text;
  }

  // One incident is one report.
  void add_xarf(AbuseComplaint& one, complaint::Complaint& out) const {
    auto attached = out.incidents.size() - one.coverage.left_out;
    for (std::size_t i = 0; i < attached; ++i) {
      one.xarf.push_back(
          complaint::write_xarf(*out.incidents[i], out.source, out.from, context_.now));
      out.xarf.push_back(json::to_text(one.xarf.back(), json::Layout::indented));
    }
  }

  void deliver(const std::vector<std::unique_ptr<AbuseComplaint>>& complaints) {
    auto written =
        std::ranges::count_if(complaints, [](const auto& one) { return !one->mail.empty(); });
    mailbox_ = mailbox_ || written > 1 || !last_;
    for (const auto& one : complaints) {
      if (one->mail.empty() || !output_.is_open()) continue;
      if (options_.send)
        send(*one);
      else if (!options_.output.empty())
        save(*one);
      else if (!context_.globals.json)
        print(one->mail);
    }
  }

  void send(AbuseComplaint& one) {
    auto bound = context_.globals.timeout * limits::kTimeoutsPerInput;
    one.trouble = hand_to_sendmail(options_.sendmail, one.mail, bound);
    one.sent = !one.trouble;
    if (one.sent && !options_.output.empty()) save(one);
  }

  void save(AbuseComplaint& one) {
    auto path = options_.output + '/' + file_name(one);
    if (auto error = create_file(path, one.mail))
      one.trouble = std::move(error);
    else
      one.written = path;
  }

  // Of the address and what the mail holds: the same complaint has the same name.
  static std::string file_name(const AbuseComplaint& one) {
    auto name = to_string(*trace_of(one).origin.ip);
    std::ranges::replace(name, ':', '-');
    return name + '_' + to_hex(hash(Digest::sha256, one.mail).substr(0, 6)) + ".eml";
  }

  // Several mails in one stream are an mbox (RFC 4155), quoted as mboxrd.
  void print(const std::string& mail) {
    if (!mailbox_) return output_.write(mail);
    output_.write("From mailtrust " + complaint::mailbox_date(context_.now) + '\n');
    std::string_view rest = mail;
    while (!rest.empty()) {
      auto size = std::min(rest.find('\n'), rest.size() - 1) + 1;
      auto line = rest.substr(0, size);
      auto quoted = line.substr(std::min(line.find_first_not_of('>'), line.size()));
      output_.write(quoted.starts_with("From ") ? '>' + std::string(line) : std::string(line));
      rest.remove_prefix(size);
    }
    output_.write("\n");
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
  Contacts contacts_;
  const received::Trusted* trusted_ = nullptr;
  std::optional<complaint::Redactor> redactor_;
  std::vector<std::unique_ptr<AbuseCase>> cases_;
  std::size_t held_ = 0;  ///< octets of the messages in cases_
  std::size_t done_ = 0;
  bool last_ = false;     ///< no more messages come
  bool mailbox_ = false;  ///< standard output gets more than one mail
  cli::Verdict verdict_ = cli::Verdict::good;
};

}  // namespace

cli::Verdict run_abuse_report(AbuseReportOptions& options, cli::Context& context,
                              cli::Output& output) {
  return Run(options, context, output).run();
}

}  // namespace mailtrust::commands
