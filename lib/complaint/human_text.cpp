// The part that people read: what came, from where, when, why we believe so. RFC 5965 section 2(b);
// the first sentence is the one of its appendix, by which programs know such reports too.
#include <algorithm>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "complaint/attachment.hpp"
#include "complaint/complaint.hpp"
#include "complaint/moment.hpp"
#include "complaint/text.hpp"

namespace mailtrust::complaint {
namespace {

constexpr std::size_t kColumns = 72;
constexpr std::size_t kMostHops = 20;
constexpr std::size_t kLabel = 12;

class Text {
 public:
  explicit Text(const Complaint& complaint, const Coverage& coverage)
      : complaint_(complaint), coverage_(coverage), first_(*complaint.incidents.front()) {}

  std::string run() {
    add_opening();
    add_facts();
    add_reason();
    add_hops();
    add_others();
    add_notes();
    auto reader = complaint_.from.empty() ? std::string{} : complaint_.from + " reads answers. ";
    paragraph("Please stop this source, and tell your user. " + reader +
              "The report's second part is for programs (RFC 5965).");
    return std::move(text_);
  }

 private:
  void paragraph(std::string_view text) {
    text_.append(text_.empty() ? "" : "\n").append(wrapped(text, kColumns, 0)).append("\n");
  }

  void item(std::string_view label, std::string_view value) {
    auto line = "  " + std::string(label) + ':';
    line.resize(std::max(line.size() + 1, kLabel + 2), ' ');
    text_.append(line).append(wrapped(value, kColumns - kLabel - 2, kLabel + 2)).append("\n");
  }

  void add_opening() {
    auto text = "This is an email abuse report for an email message received from IP " +
                to_string(complaint_.source);
    if (first_.arrival) text += " on " + mail_date(*first_.arrival);
    paragraph(text + ". The message is unsolicited (spam); it is attached" +
              (complaint_.redacted ? ", with the recipients' addresses replaced." : "."));
  }

  void add_facts() {
    text_ += '\n';
    item("Source", to_string(complaint_.source) +
                       (complaint_.network.empty() ? "" : " (" + clean(complaint_.network) + ')'));
    if (first_.arrival) item("Received", mail_date(*first_.arrival));
    if (const auto& trace = first_.trace; trace.handover_hop)
      item("By", clean(trace.hops[*trace.handover_hop].field.by, 200));
    if (first_.mail_from) item("Sender", '<' + *first_.mail_from + "> (as said in SMTP)");
    if (!first_.subject.empty()) item("Subject", first_.subject);
    if (!first_.message_id.empty()) item("Message-ID", first_.message_id);
    auto count = complaint_.incidents.size();
    if (count > 1) item("Messages", std::to_string(count) + " from this address");
  }

  void add_reason() {
    const auto& origin = first_.trace.origin;
    paragraph("Why this address: " + clean(reason_of(first_), 600) + '.');
    if (origin.confidence != received::Confidence::vouched || !first_.trace.handover) return;
    paragraph(
        "The provider that took the message from this address and vouches for it handed it "
        "over from " +
        to_string(*first_.trace.handover) +
        (complaint_.reaches_provider ? "; it receives this report as well." : "."));
  }

  void add_hops() {
    const auto& hops = first_.trace.hops;
    if (hops.empty()) return;
    paragraph(
        "The way of the message, the newest hop first. Those marked * were written by servers that "
        "we have reason to believe; the others may be the sender's invention.");
    text_ += '\n';
    for (std::size_t i = 0; i < std::min(hops.size(), kMostHops); ++i) add_hop(hops[i]);
    auto more = hops.size() + first_.trace.left_out;
    if (more > kMostHops) text_ += "    and " + grouped(more - kMostHops) + " more\n";
  }

  void add_hop(const received::Hop& hop) {
    std::string line;
    if (hop.field.peer.ip) line += "from " + to_string(*hop.field.peer.ip) + ' ';
    if (!hop.field.peer.name.empty()) line += '(' + clean(hop.field.peer.name, 100) + ") ";
    if (!hop.field.by.empty()) line += "by " + clean(hop.field.by, 100) + ' ';
    if (hop.time) line += "on " + mail_date(*hop.time);
    if (line.empty()) line = "nothing that could be read";
    text_.append(hop.is_believed ? "  * " : "    ")
        .append(wrapped(line, kColumns - 4, 6))
        .append("\n");
  }

  void add_others() {
    const auto& all = complaint_.incidents;
    if (all.size() < 2) return;
    paragraph("Further messages from the same address:");
    text_ += '\n';
    for (std::size_t i = 1; i < std::min(all.size(), limits::kComplaintMessages); ++i) {
      auto line = all[i]->arrival ? mail_date(*all[i]->arrival) : std::string("date unknown");
      text_.append("  - ")
          .append(wrapped(line + ' ' + clean(all[i]->subject, 120), kColumns - 4, 4))
          .append("\n");
    }
  }

  void add_notes() {
    if (coverage_.left_out > 0)
      paragraph(grouped(coverage_.left_out) +
                " more of these messages are counted but not attached; we have them.");
    if (!coverage_.header_only.empty())
      paragraph("Of " + grouped(coverage_.header_only.size()) +
                " the header alone is attached, as the whole would be too large.");
    auto attached = all_attached();
    if (std::ranges::any_of(attached, [](const auto* one) { return line_form(one->octets).unfit; }))
      paragraph(
          "A message holds what mail must not (NUL, a lone CR, or a line over 998 octets): its "
          "header is attached as text, and all of it in base64 behind it.");
  }

  [[nodiscard]] std::vector<const Incident*> all_attached() const {
    std::vector<const Incident*> out;
    for (std::size_t i = 0; i + coverage_.left_out < complaint_.incidents.size(); ++i)
      if (std::ranges::find(coverage_.header_only, i) == coverage_.header_only.end())
        out.push_back(complaint_.incidents[i]);
    return out;
  }

  const Complaint& complaint_;
  const Coverage& coverage_;
  const Incident& first_;
  std::string text_;
};

}  // namespace

std::string human_text(const Complaint& complaint, const Coverage& coverage) {
  return Text(complaint, coverage).run();
}

}  // namespace mailtrust::complaint
