#include "commands/dmarc_report_csv.hpp"

#include <string_view>

#include "base/csv.hpp"
#include "commands/dmarc_report_findings.hpp"

namespace mailtrust::commands {
namespace {

using report::DomainSources;
using report::Part;

std::string_view heading_of(Part part) {
  switch (part) {
    case Part::source: return "source";
    case Part::domain: return "domain";
    case Part::reporter: return "reporter";
    case Part::day: return "day";
  }
  return "source";
}

class Csv {
 public:
  explicit Csv(std::string heading) : out_(std::move(heading)) {}

  void begin(const std::string& domain, const std::string& name) {
    append_csv_cell(out_, domain);
    cell(name);
  }

  void cell(std::string_view text) {
    out_ += ',';
    append_csv_cell(out_, text);
  }

  void sums(const report::Sums& sums) {
    for (auto count :
         {sums.messages, sums.passed(), sums.by_dkim, sums.by_spf, sums.failed(), sums.refused}) {
      out_ += ',';
      out_ += std::to_string(count);
    }
  }

  void end() { out_ += "\r\n"; }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

std::string addresses_of(const report::Source& source) {
  std::string text;
  for (const auto& [address, messages] : source.addresses.busiest())
    text += (text.empty() ? "" : " ") + to_string(address);
  return text;
}

void add_sources(Csv& csv, const DomainSources& domain) {
  for (const auto& [source, advice] :
       judge_sources(domain.sources, domain.domain, domain.selectors)) {
    csv.begin(domain.domain, source->speaker.who);
    csv.sums(source->sums);
    csv.cell(to_string(advice.standing));
    csv.cell(advice.action);
    csv.cell(addresses_of(*source));
    csv.end();
  }
}

}  // namespace

std::string rows_csv(const std::vector<const DomainSources*>& domains, Part part) {
  auto heading =
      "domain," + std::string(heading_of(part)) + ",messages,passed,dkim,spf,failed,refused";
  if (part == Part::source) heading += ",standing,action,addresses";
  Csv csv(heading + "\r\n");
  for (const auto* domain : domains) {
    if (part == Part::source) {
      add_sources(csv, *domain);
    } else if (part == Part::domain) {
      csv.begin(domain->domain, domain->domain);
      csv.sums(domain->sums);
      csv.end();
    }
    for (const auto& [name, sums] : domain->parts) {
      csv.begin(domain->domain, name);
      csv.sums(sums);
      csv.end();
    }
  }
  return csv.take();
}

}  // namespace mailtrust::commands
