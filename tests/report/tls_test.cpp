#include "report/tls.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/limits.hpp"

namespace mailtrust::report {
namespace {

/// RFC 8460 appendix B, in short.
const std::string kReport = R"({
 "organization-name": "Example Inc.",
 "date-range": {"start-datetime": "2016-04-01T00:00:00Z", "end-datetime": "2016-04-01T23:59:59Z"},
 "contact-info": "sts@example.net",
 "report-id": "7",
 "policies": [{
  "policy": {"policy-type": "sts", "policy-string": ["version: STSv1", "mode: testing"],
             "policy-domain": "Example.ORG", "mx-host": "*.mail.example.org"},
  "summary": {"total-successful-session-count": 5326, "total-failure-session-count": 303},
  "failure-details": [
   {"result-type": "certificate-expired", "sending-mta-ip": "2001:db8::1",
    "receiving-mx-hostname": "mx1.example.org", "failed-session-count": 100},
   {"result-type": "starttls-not-supported", "receiving-ip": "192.0.2.2",
    "failed-session-count": 203, "failure-reason-code": "X", "additional-information": "I"}]
 }]
})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// "TYPE DOMAIN SUCCESS FAILURE RESULT=COUNT..." of each policy, then faults and the Error.
std::vector<std::string> read(const std::string& document) {
  std::vector<Fault> faults;
  auto report = read_tls(document, faults);
  if (!report) return {report.error().where + ": " + report.error().message};
  std::vector<std::string> all;
  for (const auto& policy : report->policies) {
    auto& line = all.emplace_back(policy.type + ' ' + policy.domain);
    line += ' ' + std::to_string(policy.success) + ' ' + std::to_string(policy.failure);
    for (const auto& failure : policy.failures)
      line += ' ' + failure.result_type + '=' + std::to_string(failure.sessions);
  }
  for (const auto& fault : faults) all.push_back(fault.message);
  return all;
}

using All = std::vector<std::string>;

const std::string kPolicy =
    "sts example.org 5326 303 certificate-expired=100 starttls-not-supported=203";

TEST_CASE("a TLS report", "[report]") {
  std::vector<Fault> faults;
  auto report = read_tls(kReport, faults);
  REQUIRE(report);
  CHECK(faults.empty());
  CHECK(report->org == "Example Inc.");
  CHECK(report->contact == "sts@example.net");
  CHECK(report->report_id == "7");
  CHECK(report->begin == 1459468800);
  CHECK(report->end == 1459555199);
  CHECK(report->policies.at(0).text == All{"version: STSv1", "mode: testing"});
  CHECK(report->policies.at(0).mx_hosts == All{"*.mail.example.org"});
  CHECK(report->policies.at(0).failures.at(1).receiving_ip == "192.0.2.2");
  CHECK(report->policies.at(0).failures.at(1).code == "X");
  CHECK(report->policies.at(0).failures.at(1).information == "I");
  CHECK(read(kReport) == All{kPolicy});
}

TEST_CASE("forms of TLS reports", "[report]") {
  struct Row {
    std::string what;
    std::string document;
    All answer;
  };

  auto flat = replaced(replaced(kReport, "\"policy\": {", ""), "\"*.mail.example.org\"}",
                       "\"*.mail.example.org\"");
  auto row = GENERATE_COPY(values<Row>({
      {"a mark", "\xef\xbb\xbf" + kReport, {kPolicy}},
      {"underscores",
       replaced(replaced(kReport, "policy-", "policy_"), "total-", "total_"),
       {kPolicy}},
      {"counts as texts",
       replaced(replaced(kReport, "5326", "\"5326\""), "303", "\" 303 \""),
       {kPolicy}},
      {"hosts as a list",
       replaced(kReport, "\"*.mail.example.org\"", "[\"*.mail.example.org\"]"),
       {kPolicy}},
      {"no inner policy", flat, {kPolicy}},
      {"other times", replaced(kReport, "2016-04-01T00:00:00Z", "2016-04-01 00:00:00"), {kPolicy}},
      {"seconds", replaced(kReport, "\"2016-04-01T00:00:00Z\"", "1459468800"), {kPolicy}},
      {"no time",
       replaced(kReport, "2016-04-01T00:00:00Z", "soon"),
       {kPolicy, "\"start-datetime\": \"soon\" is no time"}},
      {"no policies",
       replaced(kReport, "\"policies\"", "\"x\""),
       {"no \"policies\": which sessions are meant is not said"}},
      {"a count that is none",
       replaced(kReport, "5326", "-1"),
       {replaced(kPolicy, "5326", "0"),
        "\"total-successful-session-count\" is no count; read as 0"}},
      {"a list", "[1]", {"1:1: no TLS report: it is no JSON object"}},
  }));
  INFO(row.what);
  CHECK(read(row.document) == row.answer);
}

TEST_CASE("TLS reports are bounded", "[report]") {
  CHECK(read("{\"policies\":").at(0).starts_with("1:"));
  auto values = [](std::size_t count) {
    std::string text = "{\"policies\":[";
    for (std::size_t i = 2; i < count; ++i) text += "0,";
    return text + "0]}";
  };
  const All over{": more than 1,000,000 values, which is the limit"};
  CHECK(read(values(limits::kTlsReportValues + 1)) == over);
  CHECK(read(std::string(limits::kTlsReport + 1, ' ')) ==
        All{": more than 67,108,864 octets of JSON, which is the limit"});
  CHECK(read(std::string(100'000, '[')).at(0).find("64") != std::string::npos);
}

TEST_CASE("what a TLS report looks like", "[report]") {
  CHECK(is_tls(kReport));
  CHECK(is_tls(" \n{\"policies\": []}"));
  CHECK(is_tls("{\"organization_name\": \"x\"}"));
  CHECK_FALSE(is_tls("{}"));
  CHECK_FALSE(is_tls("[]"));
  CHECK_FALSE(is_tls("policies"));
  CHECK_FALSE(is_tls(""));
}

}  // namespace
}  // namespace mailtrust::report
