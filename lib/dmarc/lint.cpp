#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dmarc/discover.hpp"
#include "dmarc/repair.hpp"
#include "dns/txt_line.hpp"

namespace mailtrust::dmarc {
namespace {

using finding::Finding;

// What the reader is likely to have meant by a TXT record at _dmarc that is no policy.
const std::string* near_miss(const Stop& stop) {
  auto means_dmarc = [](const std::string& text) {
    return ascii::to_lower(text).find("dmarc") != std::string::npos;
  };
  auto found = std::ranges::find_if(stop.others, means_dmarc);
  return found == stop.others.end() ? nullptr : &*found;
}

// A hint with the record that was meant, where that can be guessed.
std::string mended(const Stop& stop, std::string_view text) {
  auto record = repair(text);
  return record ? "publish this instead:\n" + dns::txt_line(stop.name, *record) : std::string{};
}

Finding missing(const Outcome& outcome) {
  const auto& own = outcome.walk.front();
  if (const auto* text = near_miss(own))
    return finding::make("dmarc.missing", to_string(outcome.domain),
                         "the record at _dmarc does not begin with \"v=DMARC1;\" and is ignored: " +
                             quote(*text, 60),
                         mended(own, *text));
  auto address = "mailto:dmarc@" + to_string(outcome.domain);
  return finding::make("dmarc.missing", to_string(outcome.domain),
                       "no DMARC policy applies to " + to_string(outcome.domain),
                       "begin by watching; this changes nothing about delivery:\n" +
                           dns::txt_line(own.name, "v=DMARC1; p=none; rua=" + address));
}

void tell_several(const Outcome& outcome, std::vector<Finding>& findings) {
  for (const auto& stop : outcome.walk)
    if (stop.records.size() > 1)
      findings.push_back(finding::make(
          "dmarc.multiple-records", to_string(stop.name),
          std::to_string(stop.records.size()) + " DMARC records; receivers discard all of them",
          "leave one"));
}

// The findings about the record that applies.
class Judge {
 public:
  explicit Judge(const Outcome& outcome)
      : outcome_(outcome), parsed_(outcome.parsed()), record_(parsed_.record) {}

  std::vector<Finding> judge() {
    syntax();
    policy();
    subdomains();
    if (record_.testing && outcome_.policy && *outcome_.policy != Policy::none)
      tell("dmarc.testing", "t=y: receivers apply " +
                                std::string(to_string(weakened(*outcome_.policy))) + " for now");
    if (record_.rua.empty() && record_.text.find("rua") == std::string::npos)
      tell("dmarc.no-rua", "the record has no rua=, so no reports come");
    if (record_.psd == Psd::yes) tell("dmarc.psd", "psd=y: the domain calls itself a registry");
    tags();
    mend();
    return std::move(findings_);
  }

 private:
  void syntax() {
    for (const auto& fault : parsed_.faults)
      findings_.push_back(finding::make("dmarc.syntax", at(fault.column), fault.message));
    if (!parsed_.applies())
      tell("dmarc.syntax",
           "a policy is invalid and there is no valid rua=: receivers ignore the record");
    else if (parsed_.invalid_policy)
      tell("dmarc.syntax", "a policy is invalid: receivers take the record for p=none");
  }

  void policy() {
    if (!outcome_.policy || *outcome_.policy != Policy::none || parsed_.invalid_policy) return;
    tell("dmarc.policy-none",
         record_.p || outcome_.policy_tag != "p"
             ? outcome_.policy_tag + "=none: failing mail is delivered as usual"
             : "there is no p=, which means none");
  }

  void subdomains() {
    bool by_sp = record_.for_subdomains() < record_.for_domain();
    if (!by_sp && record_.for_nonexistent() >= record_.for_domain()) return;
    auto weaker = by_sp ? record_.for_subdomains() : record_.for_nonexistent();
    tell("dmarc.sp-weaker",
         (by_sp ? "sp=" : "np=") + std::string(to_string(weaker)) +
             " is weaker than p=" + std::string(to_string(record_.for_domain())));
  }

  void tags() {
    for (const auto& tag : record_.historic_tags) {
      if (tag == "pct") {
        tell("dmarc.pct", "pct= is ignored today; t=y is the way to try a policy out");
      } else {
        tell("dmarc.historic-tag", "the tag " + tag + "= is no longer used");
      }
    }
    for (const auto& tag : record_.unknown_tags)
      tell("dmarc.unknown-tag", "the tag " + quote(tag, 40) + " has no meaning here");
  }

  // Everything that the repaired record puts right is told by the first finding about it.
  void mend() {
    for (std::string_view id : {"dmarc.syntax", "dmarc.pct", "dmarc.historic-tag"}) {
      auto first = std::ranges::find(findings_, id, &Finding::id);
      if (first == findings_.end()) continue;
      first->hint = mended(outcome_.found_at(), record_.text);
      return;
    }
  }

  std::string at(std::size_t column) const {
    return to_string(outcome_.found_at().name) + ':' + std::to_string(column);
  }

  void tell(finding::Id id, std::string message) {
    findings_.push_back(finding::make(id, to_string(outcome_.found_at().name), std::move(message)));
  }

  const Outcome& outcome_;
  const Parsed& parsed_;
  const Record& record_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> lint(const Outcome& outcome) {
  std::vector<Finding> findings;
  tell_several(outcome, findings);
  if (outcome.presence == Presence::absent) findings.push_back(missing(outcome));
  if (outcome.presence == Presence::found)
    std::ranges::move(Judge(outcome).judge(), std::back_inserter(findings));
  for (const auto& stop : outcome.walk)
    if (stop.status == dns::Status::failed)
      findings.push_back(finding::make(
          "dmarc.dns-trouble", to_string(stop.name),
          "DNS did not tell whether there is a policy: " + std::string(to_string(stop.failure)),
          "try again; if it stays so, the domain's name servers are at fault"));
  return findings;
}

}  // namespace mailtrust::dmarc
