// DMARC policy records (RFC 9989 section 4.7), what mends them, and where reports go.
#include "dmarc/record.hpp"
#include "dmarc/repair.hpp"
#include "dmarc/report_uri.hpp"
#include "fuzz/faults.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

void require_uri(std::string_view text) {
  auto uri = dmarc::parse_report_uri(text);
  require(uri.fault.empty() && uri.text == text, "what was taken for a URI is one");
}

std::string print(const dmarc::Record& record) {
  std::string out = "v=DMARC1; ";
  auto add_policy = [&](const char* tag, const std::optional<dmarc::Policy>& policy) {
    if (policy) out += tag + std::string(to_string(*policy)) + "; ";
  };
  add_policy("p=", record.p);
  add_policy("sp=", record.sp);
  add_policy("np=", record.np);
  out += "adkim=" + std::string(to_string(record.adkim).substr(0, 1)) + "; ";
  out += "aspf=" + std::string(to_string(record.aspf).substr(0, 1)) + "; fo=" + record.fo;
  if (record.testing) out += "; t=y";
  if (record.psd != dmarc::Psd::unspecified)
    out += record.psd == dmarc::Psd::yes ? "; psd=y" : "; psd=n";
  for (std::size_t i = 0; i < record.rua.size(); ++i)
    out += (i == 0 ? "; rua=" : ",") + record.rua[i];
  for (std::size_t i = 0; i < record.ruf.size(); ++i)
    out += (i == 0 ? "; ruf=" : ",") + record.ruf[i];
  return out;
}

void require_same(const dmarc::Record& a, const dmarc::Record& b) {
  require(a.p == b.p && a.sp == b.sp && a.np == b.np && a.testing == b.testing, "p, sp, np, t");
  require(a.adkim == b.adkim && a.aspf == b.aspf && a.psd == b.psd && a.fo == b.fo, "modes");
  require(a.rua == b.rua && a.ruf == b.ruf, "addresses");
  require(a.for_domain() == b.for_domain() && a.for_subdomains() == b.for_subdomains() &&
              a.for_nonexistent() == b.for_nonexistent(),
          "the policies that apply");
}

}  // namespace

MAILTRUST_FUZZ(dmarc_record, octets) {
  if (auto repaired = dmarc::repair(octets)) {
    require(dmarc::is_dmarc(*repaired), "what was mended is a record");
    require(*repaired != octets, "and another one");
    auto parsed = dmarc::parse_record(*repaired);
    require(!parsed.invalid_policy && parsed.record.p.has_value(), "with a policy");
    require(!dmarc::repair(*repaired), "once is enough");
  }
  if (!dmarc::is_dmarc(octets)) return;
  auto parsed = dmarc::parse_record(octets);
  fuzz::require_in_order(parsed.faults, octets);
  for (const auto& uri : parsed.record.rua) require_uri(uri);
  for (const auto& uri : parsed.record.ruf) require_uri(uri);
  if (!parsed.invalid_policy)
    require_same(dmarc::parse_record(print(parsed.record)).record, parsed.record);
}
