// The part that programs read. RFC 5965 section 3: ASCII fields, each in one line here.
#include "complaint/complaint.hpp"
#include "complaint/moment.hpp"
#include "complaint/text.hpp"

namespace mailtrust::complaint {
namespace {

bool is_ascii(std::string_view text) {
  for (char c : text)
    if (static_cast<unsigned char>(c) > 126) return false;
  return true;
}

class Fields {
 public:
  void add(std::string_view name, std::string_view value) {
    text_.append(name).append(": ").append(value).append(1, '\n');
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string feedback_text(const Complaint& complaint) {
  const auto& first = *complaint.incidents.front();
  Fields fields;
  fields.add("Feedback-Type", "abuse");
  fields.add("User-Agent", complaint.agent);
  fields.add("Version", "1");
  if (first.mail_from) fields.add("Original-Mail-From", '<' + *first.mail_from + '>');
  for (const auto& recipient : first.recipients)
    fields.add("Original-Rcpt-To", '<' + recipient + '>');
  // Received-Date is the historic name of the same field.
  if (first.arrival) fields.add("Arrival-Date", mail_date(*first.arrival));
  fields.add("Source-IP", to_string(complaint.source));
  for (const auto& results : first.results)
    if (is_ascii(results)) fields.add("Authentication-Results", results);
  if (!first.author_domain.empty()) fields.add("Reported-Domain", first.author_domain);
  for (const auto& uri : first.uris) fields.add("Reported-URI", uri);
  if (complaint.incidents.size() > 1)
    fields.add("Incidents", std::to_string(complaint.incidents.size()));
  return fields.take();
}

}  // namespace mailtrust::complaint
