#include "report/tls.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "json/value.hpp"
#include "report/metadata.hpp"

namespace mailtrust::report {
namespace {

bool is_same(char a, char b) {
  auto plain = [](char c) { return c == '_' ? '-' : ascii::lower(c); };
  return plain(a) == plain(b);
}

// Some write "policy_type", or capitals.
const json::Value& get(const json::Value& object, std::string_view name) {
  static const json::Value kNone;
  for (const auto& [key, value] : object.members())
    if (key.size() == name.size() && std::equal(key.begin(), key.end(), name.begin(), is_same))
      return value;
  return kNone;
}

std::string text_of(const json::Value& object, std::string_view name) {
  return std::string(ascii::trim(get(object, name).text()));
}

// One text, or several.
std::vector<std::string> texts_of(const json::Value& value) {
  std::vector<std::string> texts;
  if (value.is_text()) texts.emplace_back(value.text());
  for (const auto& item : value.items())
    if (item.is_text()) texts.emplace_back(item.text());
  return texts;
}

class Reading {
 public:
  explicit Reading(std::vector<Fault>& faults) : faults_(faults) {}

  TlsReport read(const json::Value& document) {
    TlsReport report;
    report.org = text_of(document, "organization-name");
    report.contact = text_of(document, "contact-info");
    report.report_id = text_of(document, "report-id");
    const auto& range = get(document, "date-range");
    report.begin = time(range, "start-datetime");
    report.end = time(range, "end-datetime");
    const auto& policies = get(document, "policies");
    if (!policies.is_array()) add_fault("no \"policies\": which sessions are meant is not said");
    for (const auto& policy : policies.items()) report.policies.push_back(read_policy(policy));
    return report;
  }

 private:
  TlsPolicy read_policy(const json::Value& item) {
    TlsPolicy policy;
    // Some leave the inner object out.
    const auto& inner = get(item, "policy").is_object() ? get(item, "policy") : item;
    policy.type = ascii::to_lower(text_of(inner, "policy-type"));
    policy.domain = ascii::to_lower(text_of(inner, "policy-domain"));
    policy.text = texts_of(get(inner, "policy-string"));
    policy.mx_hosts = texts_of(get(inner, "mx-host"));
    const auto& summary = get(item, "summary");
    policy.success = count(summary, "total-successful-session-count");
    policy.failure = count(summary, "total-failure-session-count");
    const auto& failures = get(item, "failure-details");
    if (failures.is_object()) policy.failures.push_back(read_failure(failures));
    for (const auto& failure : failures.items()) policy.failures.push_back(read_failure(failure));
    return policy;
  }

  TlsFailure read_failure(const json::Value& item) {
    TlsFailure failure;
    failure.result_type = text_of(item, "result-type");
    failure.sending_mta_ip = text_of(item, "sending-mta-ip");
    failure.receiving_mx = text_of(item, "receiving-mx-hostname");
    failure.receiving_mx_helo = text_of(item, "receiving-mx-helo");
    failure.receiving_ip = text_of(item, "receiving-ip");
    failure.sessions = count(item, "failed-session-count");
    failure.information = text_of(item, "additional-information");
    failure.code = text_of(item, "failure-reason-code");
    return failure;
  }

  std::uint64_t count(const json::Value& object, std::string_view name) {
    const auto& value = get(object, name);
    auto number = value.integer();
    if (number && *number >= 0) return static_cast<std::uint64_t>(*number);
    if (auto text = parse_number<std::uint64_t>(ascii::trim(value.text()))) return *text;
    add_fault(value.is_null() ? quote(name) + " is not there; read as 0"
                              : quote(name) + " is no count; read as 0");
    return 0;
  }

  std::optional<std::int64_t> time(const json::Value& object, std::string_view name) {
    const auto& value = get(object, name);
    if (auto number = value.integer()) return number;
    auto time = read_time(ascii::trim(value.text()));
    if (!time) add_fault(quote(name) + ": " + quote(value.text()) + " is no time");
    return time;
  }

  void add_fault(std::string message) {
    if (faults_.size() < limits::kMessagesPerInput) faults_.push_back({{}, std::move(message)});
  }

  std::vector<Fault>& faults_;
};

// Each value of the tree takes memory, however short it is in the text.
bool has_too_many_values(std::string_view document) {
  auto is_separator = [](char c) { return c == ',' || c == '[' || c == '{'; };
  return std::ranges::count_if(document, is_separator) >
         static_cast<std::ptrdiff_t>(limits::kTlsReportValues);
}

}  // namespace

Expected<TlsReport> read_tls(std::string_view document, std::vector<Fault>& faults) {
  if (document.size() > limits::kTlsReport)
    return fail(Error::Kind::input, "",
                "more than " + grouped(limits::kTlsReport) + " octets of JSON, which is the limit");
  if (has_too_many_values(document))
    return fail(Error::Kind::input, "",
                "more than " + grouped(limits::kTlsReportValues) + " values, which is the limit");
  auto value = json::parse(document);
  if (!value) return fail(value.error());
  if (!value->is_object())
    return fail(Error::Kind::input, "1:1", "no TLS report: it is no JSON object");
  return Reading(faults).read(*value);
}

bool is_tls(std::string_view document) {
  constexpr std::size_t kFar = 64U << 10;
  auto head = document.substr(0, kFar);
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  head = ascii::trim(head);
  if (!head.starts_with('{') && !head.starts_with('[')) return false;
  auto has = [&](std::string_view name) {
    return std::search(head.begin(), head.end(), name.begin(), name.end(), is_same) != head.end();
  };
  return has("\"organization-name\"") || has("\"date-range\"") || has("\"policies\"") ||
         has("\"policy-type\"");
}

}  // namespace mailtrust::report
