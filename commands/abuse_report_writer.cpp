#include "commands/abuse_report_writer.hpp"

#include <algorithm>
#include <utility>

#include "abuse/scope.hpp"
#include "complaint/text.hpp"
#include "complaint/xarf_write.hpp"

namespace mailtrust::commands {
namespace {

// RFC 6650 section 5: the network the message came from; and who vouches for it, if somebody
// does.
std::vector<net::Address> responsible(const AbuseComplaint& one) {
  const auto& trace = trace_of(one);
  if (!trace.origin.ip) return {};
  std::vector<net::Address> out = {*trace.origin.ip};
  bool vouched = trace.origin.confidence == received::Confidence::vouched;
  if (vouched && trace.handover && *trace.handover != out.front()) out.push_back(*trace.handover);
  return out;
}

std::string network_of(const abuse::Answer& answer) {
  auto text = answer.network ? abuse::to_text(*answer.network) : std::string{};
  for (const auto* word : {&answer.name, &answer.organization, &answer.country})
    if (!word->empty()) text.append(text.empty() ? "" : ", ").append(*word);
  return text;
}

}  // namespace

void ComplaintWriter::look_up(const AbuseComplaints& complaints) {
  if (!options_.to.empty()) return;
  std::vector<net::Address> addresses;
  for (const auto& one : complaints)
    for (const auto& address : responsible(*one)) addresses.push_back(address);
  contacts_.look_up(addresses);
}

void ComplaintWriter::compose(AbuseComplaint& one) {
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
  write_mail(one);
}

bool ComplaintWriter::choose_recipients(AbuseComplaint& one) {
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
    auto advice = answer.offline
                      ? "with --zone registries are not asked: name one by --rdap-base, or "
                        "whom to write to by --to"
                      : "try again, or name them by --to";
    one.trouble =
        Error{Error::Kind::temporary,
              {},
              "could not find out who answers for " + to_string(address) + why + "; " + advice};
  } else {
    one.reason = "nobody is named who answers for " + to_string(address);
    if (!answer.internal.empty()) one.reason += " (" + answer.internal + ')';
    if (!answer.contacts.empty()) one.reason += "; the contacts there are take no mail";
  }
  return false;
}

bool ComplaintWriter::reaches_provider(const AbuseComplaint& one) const {
  auto asked = responsible(one);
  if (!options_.to.empty() || asked.size() < 2) return false;
  return std::ranges::find(one.to, best_contact(contacts_.of(asked.back()))) != one.to.end();
}

// Unless it is said: whom the message was for, or who runs the server that took it.
std::string ComplaintWriter::choose_sender(const AbuseComplaint& one) const {
  if (!options_.from.empty()) return options_.from;
  const auto& incident = *one.cases.front()->incident;
  if (!options_.redact && !incident.recipients.empty()) return incident.recipients.front();
  auto postmaster = "postmaster@" + incident.trace.hops.front().field.by;
  return complaint::is_plain_mailbox(postmaster) ? postmaster : std::string{};
}

void ComplaintWriter::write_mail(AbuseComplaint& one) {
  complaint::Complaint out;
  out.from = one.from;
  out.to = one.to;
  out.agent = "mailtrust/" + std::string(cli::program_version());
  out.now = context_.now;
  out.source = *trace_of(one).origin.ip;
  out.redacted = options_.redact;
  if (options_.to.empty()) out.network = network_of(contacts_.of(out.source));
  out.reaches_provider = reaches_provider(one);
  for (const auto* each : one.cases) out.incidents.push_back(each->incident.get());
  one.coverage = complaint::coverage_of(out);
  if (options_.xarf) add_xarf(one, out);
  one.mail = complaint::write(out);
}

// One incident is one report.
void ComplaintWriter::add_xarf(AbuseComplaint& one, complaint::Complaint& out) const {
  auto attached = out.incidents.size() - one.coverage.left_out;
  for (std::size_t i = 0; i < attached; ++i) {
    one.xarf.push_back(
        complaint::write_xarf(*out.incidents[i], out.source, out.from, context_.now));
    out.xarf.push_back(json::to_text(one.xarf.back(), json::Layout::indented));
  }
}

void ComplaintWriter::write(const AbuseComplaints& complaints) {
  look_up(complaints);
  for (const auto& one : complaints) compose(*one);
}

}  // namespace mailtrust::commands
