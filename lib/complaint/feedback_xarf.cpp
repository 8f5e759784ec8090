// XARF 4 (xarf.org/schemas/v4), XARF 3 (schemas/3, abusix/xarf), X-ARF 0.1 and 0.2.
#include <array>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "complaint/feedback_parts.hpp"
#include "json/value.hpp"
#include "message/date.hpp"
#include "received/peer.hpp"

namespace mailtrust::complaint {
namespace {

using json::Value;

std::string text_of(const Value& value) {
  return std::string(value.text());
}

void take_moment(std::optional<std::int64_t>& moment, std::string_view text, Feedback& feedback) {
  if (text.empty()) return;
  if (auto date = message::read_date(text))
    moment = date->time;
  else
    tell(feedback, Oddity::Kind::malformed, "no date can be read in " + quote(text));
}

void take_source(std::string_view text, Feedback& feedback) {
  feedback.source = received::read_address(text);
  if (!feedback.source && !text.empty())
    add_value(feedback.domains, ascii::to_lower(text), feedback);
}

// The first piece of evidence that is a message.
void take_evidence(const Value& items, std::string_view type_name, std::string_view payload_name,
                   Feedback& feedback) {
  for (const auto& item : items.items()) {
    auto type = ascii::to_lower(item[type_name].text());
    bool header_only = type == "text/rfc822-headers" || type == "message/rfc822-headers";
    if (type != "message/rfc822" && type != "text/email" && !header_only) continue;
    auto payload = item[payload_name].text();
    auto octets = decode_base64(payload, Base64Space::allowed);
    std::string_view message = octets ? std::string_view(octets.octets) : payload;
    if (!octets) tell(feedback, Oddity::Kind::malformed, "evidence is not in base64");
    read_original(message, header_only ? Original::header : Original::whole, feedback);
    return compare_with_original(message, feedback);
  }
}

void take_common(const Value& report, Feedback& feedback) {
  if (const auto& sender = report["smtp_from"]; sender.is_text())
    feedback.mail_from = text_of(sender);
  if (auto to = text_of(report["smtp_to"]); !to.empty()) {
    feedback.redacted = looks_redacted(to);
    feedback.recipients = {std::move(to)};
  }
  feedback.subject = text_of(report["subject"]);
  feedback.message_id = text_of(report["message_id"]);
}

void read_version4(const Value& report, Feedback& feedback) {
  feedback.layout = Layout::xarf4;
  feedback.version = text_of(report["xarf_version"]);
  feedback.type = ascii::to_lower(report["type"].text());
  feedback.reporter_name = text_of(report["reporter"]["org"]);
  if (auto contact = text_of(report["reporter"]["contact"]); !contact.empty())
    feedback.reporter = std::move(contact);
  take_source(report["source_identifier"].text(), feedback);
  feedback.source_port = report["source_port"].integer();
  take_moment(feedback.arrival, report["timestamp"].text(), feedback);
  take_common(report, feedback);
  for (const char* name : {"category", "type", "timestamp", "source_identifier", "reporter"})
    if (report[name].is_null())
      tell(feedback, Oddity::Kind::malformed, std::string("the report has no ") + name);
  take_evidence(report["evidence"], "content_type", "payload", feedback);
}

// Version 3, and 1 and 2, which differ in what stands here not at all.
void read_version3(const Value& document, Feedback& feedback) {
  const auto& report = document["Report"];
  const auto& reporter = document["ReporterInfo"];
  feedback.layout = Layout::xarf3;
  feedback.version = text_of(document["Version"]);
  feedback.type = ascii::to_lower(report["ReportType"].text());
  feedback.reporter_name = text_of(reporter["ReporterOrg"]);
  for (const char* name : {"ReporterOrgEmail", "ReporterContactEmail"})
    if (auto email = text_of(reporter[name]); !email.empty()) feedback.reporter = std::move(email);
  const auto& old_source = report["Source"]["IP"];
  take_source(report["SourceIp"].is_null() ? old_source.text() : report["SourceIp"].text(),
              feedback);
  feedback.source_port = report["SourcePort"].integer();
  take_moment(feedback.arrival, report["Date"].text(), feedback);
  if (const auto& sender = report["SmtpMailFromAddress"]; sender.is_text())
    feedback.mail_from = text_of(sender);
  if (auto to = text_of(report["SmtpRcptToAddress"]); !to.empty()) feedback.recipients = {to};
  feedback.subject = text_of(report["SmtpMessageSubject"]);
  const auto& samples = report["Samples"];
  take_evidence(samples, "ContentType", "Payload", feedback);
}

}  // namespace

Expected<void> read_xarf(std::string_view json, Feedback& feedback) {
  if (json.size() > limits::kFeedbackPart)
    return fail(Error::Kind::input, {}, "the XARF document is larger than 32 MiB");
  auto document = json::parse(json, limits::kXarfString);
  if (!document)
    return fail(Error::Kind::input, {},
                "the XARF document is no JSON that can be read: " + document.error().message);
  if ((*document)["xarf_version"].is_text())
    read_version4(*document, feedback);
  else if ((*document)["Report"].is_object())
    read_version3(*document, feedback);
  else
    return fail(Error::Kind::input, {},
                "JSON, but no XARF: expected xarf_version (version 4) or Report (version 3)");
  return {};
}

void read_xarf_lines(std::string_view text, Feedback& feedback) {
  feedback.layout = Layout::xarf_plain;
  bool named = false;
  for (auto line : ascii::split(text, '\n')) {
    auto colon = line.find(':');
    if (colon == std::string_view::npos || line.starts_with(' ')) continue;
    auto name = ascii::to_lower(ascii::trim(line.substr(0, colon)));
    auto value = ascii::trim(line.substr(colon + 1));
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front())
      value = value.substr(1, value.size() - 2);
    if (name == "report-type") feedback.type = ascii::to_lower(value);
    if (name == "reported-from") feedback.reporter = value;
    if (name == "user-agent") feedback.user_agent = value;
    if (name == "version") feedback.version = value;
    if (name == "source") take_source(value, feedback);
    if (name == "date") take_moment(feedback.arrival, value, feedback);
    named = named || name == "report-type";
  }
  if (!named) tell(feedback, Oddity::Kind::malformed, "the report has no Report-Type");
}

}  // namespace mailtrust::complaint
