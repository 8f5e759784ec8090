#include "report/metadata.hpp"

#include <string>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"
#include "dns/idna.hpp"
#include "message/date.hpp"

namespace mailtrust::report {
namespace {

Element feedback(Element top) {
  auto feedback = top.child("feedback");
  return feedback ? feedback : top;
}

std::string text_of(Element element) {
  return std::string(element.text());
}

std::string lower_text_of(Element element) {
  return std::string(element.lower_text());
}

PublishedPolicy read_policy(Element element) {
  PublishedPolicy policy;
  policy.domain = lower_text_of(element.child("domain"));
  if (auto name = dns::to_a_labels(policy.domain)) policy.domain = ascii::to_lower(*name);
  policy.p = lower_text_of(element.child("p"));
  policy.sp = lower_text_of(element.child("sp"));
  policy.np = lower_text_of(element.child("np"));
  policy.adkim = lower_text_of(element.child("adkim"));
  policy.aspf = lower_text_of(element.child("aspf"));
  policy.fo = lower_text_of(element.child("fo"));
  policy.pct = lower_text_of(element.child("pct"));
  policy.testing = lower_text_of(element.child("testing"));
  policy.discovery = lower_text_of(element.child("discovery_method"));
  return policy;
}

std::optional<std::int64_t> time_of(Element range, std::string_view name, const FaultSink& fault) {
  auto text = range.child(name).text();
  auto time = read_time(text);
  if (!time)
    fault(name, text.empty() ? "no <" + std::string(name) + "> of the time reported about"
                             : quote(text) + " is no time");
  return time;
}

}  // namespace

std::optional<std::int64_t> read_time(std::string_view text) {
  auto whole = text.substr(0, text.find('.'));
  auto fraction = text.substr(std::min(whole.size() + 1, text.size()));
  auto number = parse_number<std::uint32_t>(whole);
  if (number && (fraction.empty() || parse_number<std::uint64_t>(fraction))) return *number;
  // Beyond the year 2106, so not meant as seconds.
  constexpr std::uint64_t kMost = 4'294'967'295'999;
  auto milliseconds = parse_number<std::uint64_t>(text);
  if (milliseconds && *milliseconds <= kMost)
    return static_cast<std::int64_t>(*milliseconds / 1000);
  auto date = message::read_date(text);
  if (!date) return std::nullopt;
  return date->time;
}

bool has_metadata(Element top) {
  return feedback(top).child("report_metadata") && feedback(top).child("policy_published");
}

Metadata read_metadata(Element top, const FaultSink& fault) {
  Metadata metadata;
  auto about = feedback(top).child("report_metadata");
  if (!about) fault("feedback", "no <report_metadata>: who reports, and when, is not said");
  metadata.version = text_of(feedback(top).child("version"));
  metadata.org = text_of(about.child("org_name"));
  metadata.email = text_of(about.child("email"));
  metadata.contact = text_of(about.child("extra_contact_info"));
  metadata.report_id = text_of(about.child("report_id"));
  metadata.generator = text_of(about.child("generator"));
  if (auto range = about.child("date_range")) about = range;
  if (about) metadata.begin = time_of(about, "begin", fault);
  if (about) metadata.end = time_of(about, "end", fault);
  for (auto part = feedback(top).child("report_metadata").first(); part; part = part.next())
    if (part.name() == "error" && !part.text().empty()) metadata.errors.push_back(text_of(part));
  auto policy = feedback(top).child("policy_published");
  if (!policy) fault("feedback", "no <policy_published>: the domain and its policy are not said");
  metadata.policy = read_policy(policy);
  return metadata;
}

}  // namespace mailtrust::report
