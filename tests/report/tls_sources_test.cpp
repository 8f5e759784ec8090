#include "report/tls_sources.hpp"

#include <catch2/catch.hpp>

#include "report/tls_results.hpp"

using namespace mailtrust::report;

namespace {

TlsReport report_of(std::string id) {
  TlsReport report;
  report.org = "Sender";
  report.report_id = std::move(id);
  report.begin = 1795132800;
  report.end = 1795219199;
  TlsPolicy policy;
  policy.type = "sts";
  policy.domain = "example.org";
  policy.success = 10;
  policy.failure = 3;
  TlsFailure failure;
  failure.result_type = "certificate-expired";
  failure.receiving_mx = "mx.example.org";
  failure.sending_mta_ip = "192.0.2.1";
  failure.sessions = 3;
  policy.failures.push_back(failure);
  report.policies.push_back(policy);
  policy.domain = "sub.example.org";
  report.policies.push_back(policy);
  return report;
}

}  // namespace

TEST_CASE("sessions by domain, policy and host") {
  TlsSources sources;
  CHECK(sources.add(report_of("1"), ""));
  CHECK(sources.add(report_of("2"), "example.org"));
  CHECK(sources.add(report_of("3"), "sub.example.org"));
  CHECK_FALSE(sources.add(report_of("1"), ""));
  auto domains = sources.domains();
  REQUIRE(domains.size() == 2);
  CHECK(domains[0]->domain == "sub.example.org");
  CHECK(domains[0]->reports == 3);
  CHECK(domains[1]->domain == "example.org");
  CHECK(domains[1]->sessions.success == 20);
  CHECK(domains[1]->sessions.failure == 6);
  CHECK(domains[1]->by_policy.at("sts").failure == 6);
  CHECK(domains[1]->by_day.contains("2026-11-20"));
  const auto& trouble = domains[1]->troubles.at({"certificate-expired", "mx.example.org"});
  CHECK(trouble.sessions == 6);
  CHECK(trouble.senders.at("192.0.2.1") == 6);
}

TEST_CASE("another domain that ends alike is not below it") {
  auto report = report_of("1");
  report.policies.resize(1);
  report.policies[0].domain = "notexample.org";
  TlsSources sources;
  CHECK(sources.add(report, "example.org"));
  CHECK(sources.domains().empty());
}

TEST_CASE("result types of RFC 8460") {
  REQUIRE(tls_result("Certificate-Expired") != nullptr);
  CHECK(tls_result("tlsa-invalid") != nullptr);
  CHECK(tls_result("no-such-type") == nullptr);
}
