#pragma once
// Aggregate reports as text, and what is read of them as lines.

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "report/aggregate.hpp"

namespace mailtrust::report::test {

inline const std::string kHead =
    "<?xml version=\"1.0\"?>\n<feedback>\n"
    "<report_metadata><org_name>Example Reports</org_name><email>r@example.net</email>"
    "<report_id>17</report_id><date_range><begin>1700000000</begin><end>1700086399</end>"
    "</date_range></report_metadata>\n"
    "<policy_published><domain>Example.ORG</domain><p>Reject</p><sp>none</sp><pct>100</pct>"
    "</policy_published>\n";

inline std::string record(const std::string& ip = "192.0.2.1", const std::string& count = "1") {
  return "<record><row><source_ip>" + ip + "</source_ip><count>" + count +
         "</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf>"
         "</policy_evaluated></row><identifiers><header_from>example.org</header_from></"
         "identifiers>"
         "<auth_results><dkim><domain>example.org</domain><selector>s1</selector><result>pass</"
         "result>"
         "</dkim><spf><domain>example.com</domain><scope>mfrom</scope><result>pass</result></spf>"
         "</auth_results></record>\n";
}

inline const std::string kTail = "</feedback>\n";

struct Answer {
  Metadata metadata;
  std::vector<std::string> records;  ///< "IP COUNT DISPOSITION DKIM SPF FROM kind/domain/result..."
  std::vector<std::string> faults;   ///< "where: message"
  std::string error;
};

inline std::string line_of(const Record& record) {
  std::string line(record.source_ip);
  line += ' ' + std::to_string(record.count);
  for (auto value : {record.disposition, record.dkim, record.spf, record.header_from})
    line += ' ' + (value.empty() ? "-" : std::string(value));
  for (const auto& auth : record.auth) {
    line += ' ' + std::string(auth.kind) + '/' + std::string(auth.domain);
    line += '/' + std::string(auth.result);
  }
  for (const auto& reason : record.reasons)
    line += " (" + std::string(reason.type) + ": " + std::string(reason.comment) + ')';
  return line;
}

inline Answer read(const std::string& document) {
  Answer answer;
  std::vector<Fault> faults;
  auto metadata = read_aggregate(
      document,
      [&](const Metadata& known, const Record& record) {
        CHECK(known.report_id == (known.report_id.empty() ? "" : "17"));
        answer.records.push_back(line_of(record));
        return true;
      },
      faults);
  for (const auto& fault : faults) answer.faults.push_back(fault.where + ": " + fault.message);
  if (metadata)
    answer.metadata = *metadata;
  else
    answer.error = metadata.error().where + ": " + metadata.error().message;
  return answer;
}

using All = std::vector<std::string>;

inline const std::string kRecord =
    "192.0.2.1 1 none pass fail example.org dkim/example.org/pass spf/example.com/pass";

}  // namespace mailtrust::report::test
