#include "complaint/xarf_write.hpp"

#include <string_view>
#include <utility>

#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/limits.hpp"
#include "complaint/moment.hpp"
#include "complaint/text.hpp"

namespace mailtrust::complaint {
namespace {

using json::Members;
using json::Value;

constexpr std::int64_t kSmtpPort = 25;

// RFC 9562 section 5.4, but for where its bits come from.
std::string identifier(std::string_view seed) {
  auto octets = hash(Digest::sha256, seed).substr(0, 16);
  octets[6] = static_cast<char>((static_cast<unsigned char>(octets[6]) & 0x0fU) | 0x40U);
  octets[8] = static_cast<char>((static_cast<unsigned char>(octets[8]) & 0x3fU) | 0x80U);
  auto hex = to_hex(octets);
  for (std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, 1, '-');
  return hex;
}

Value contact_info(const std::string& mailbox) {
  std::string domain(domain_of(mailbox));
  return Members{{"org", clean(domain, 200)}, {"contact", mailbox}, {"domain", domain}};
}

Value evidence_of(const Incident& incident) {
  bool whole = incident.octets.size() <= limits::kXarfEvidence;
  std::string_view octets = incident.octets;
  if (!whole) octets = octets.substr(0, std::min(incident.header_size, limits::kXarfEvidence));
  Members item{
      {"content_type", whole ? "message/rfc822" : "text/rfc822-headers"},
      {"description", whole ? "the message, complete" : "the header of the message"},
      {"payload", encode_base64(octets)},
      {"hash", "sha256:" + to_hex(hash(Digest::sha256, octets))},
      {"size", static_cast<std::int64_t>(octets.size())},
  };
  return json::Array{std::move(item)};
}

}  // namespace

Value write_xarf(const Incident& incident, const net::Address& source, const std::string& contact,
                 std::int64_t now) {
  auto when = incident.arrival.value_or(now);
  auto seed = contact + '\n' + to_string(source) + '\n' + std::to_string(when) + '\n' +
              hash(Digest::sha256, incident.octets);
  bool by_smtp = incident.mail_from && !incident.mail_from->empty();
  auto description = clean(reason_of(incident), 700);
  if (by_smtp) description += "; source_port is that of SMTP, the client's own is not known";

  Members report{
      {"xarf_version", "4.0.0"},         {"report_id", identifier(seed)},
      {"timestamp", json_date(when)},    {"reporter", contact_info(contact)},
      {"sender", contact_info(contact)}, {"source_identifier", to_string(source)},
  };
  if (by_smtp) report.emplace_back("source_port", kSmtpPort);
  report.emplace_back("category", "messaging");
  report.emplace_back("type", "spam");
  report.emplace_back("evidence_source", "user_complaint");
  report.emplace_back("protocol", by_smtp ? "smtp" : "other");
  if (by_smtp) report.emplace_back("smtp_from", *incident.mail_from);
  if (!incident.recipients.empty()) report.emplace_back("smtp_to", incident.recipients.front());
  if (!incident.subject.empty()) report.emplace_back("subject", clean(incident.subject, 400));
  if (!incident.message_id.empty()) report.emplace_back("message_id", incident.message_id);
  report.emplace_back("description", std::move(description));
  report.emplace_back("evidence", evidence_of(incident));
  return report;
}

}  // namespace mailtrust::complaint
