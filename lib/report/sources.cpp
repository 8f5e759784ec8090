#include "report/sources.hpp"

#include <algorithm>
#include <chrono>

#include "complaint/moment.hpp"

namespace mailtrust::report {
namespace {

// Of what reports name without bound only so many are kept; the sums are whole.
constexpr std::size_t kMostSources = 20'000;
constexpr std::size_t kMostSelectors = 1000;
constexpr std::size_t kMostReporters = 10'000;
constexpr std::size_t kMostParts = 100'000;
constexpr std::size_t kMostPolicies = 100;
constexpr std::string_view kRest = kOtherSources;

template <typename Time, typename Better>
void take_time(std::optional<Time>& kept, const std::optional<Time>& time, Better better) {
  if (time && (!kept || better(*time, *kept))) kept = time;
}

template <typename Range>
void take_range(Range& kept, const Metadata& metadata) {
  take_time(kept.first, metadata.begin, std::less<>());
  take_time(kept.last, metadata.end, std::greater<>());
}

void take_name(std::set<std::string>& names, const std::string& name) {
  if (names.size() < kMostReporters) names.insert(name);
}

// The source of that name, made if need be.
Source& source_named(std::vector<Source>& sources,
                     std::unordered_map<std::string, std::size_t>& places, const Speaker& speaker) {
  auto found = places.find(speaker.who);
  if (found != places.end()) return sources[found->second];
  if (places.size() >= kMostSources) {
    Speaker rest{.who = std::string(kRest)};
    found = places.find(rest.who);
    if (found != places.end()) return sources[found->second];
    places.emplace(rest.who, sources.size());
    return sources.emplace_back(Source{std::move(rest), {}, {}});
  }
  places.emplace(speaker.who, sources.size());
  return sources.emplace_back(Source{speaker, {}, {}});
}

void take_speaker(Speaker& kept, const Speaker& more) {
  kept.own_host = kept.own_host || more.own_host;
  kept.unresolved = kept.unresolved || more.unresolved;
  if (kept.selector.empty()) kept.selector = more.selector;
  if (kept.other.empty()) kept.other = more.other;
}

void take_policy(std::vector<SeenPolicy>& policies, const Metadata& metadata,
                 const std::string& reporter) {
  auto text = policy_text(metadata.policy);
  if (text.empty()) return;
  auto found = std::ranges::find(policies, text, &SeenPolicy::text);
  if (found == policies.end()) {
    if (policies.size() >= kMostPolicies) return;
    found = policies.insert(found, SeenPolicy{std::move(text), {}, 0, {}, {}});
  }
  take_name(found->reporters, reporter);
  ++found->reports;
  take_range(*found, metadata);
}

void append_tag(std::string& text, std::string_view name, const std::string& value,
                std::string_view usual) {
  if (value.empty() || value == usual) return;
  text += (text.empty() ? "" : " ") + std::string(name) + '=' + value;
}

}  // namespace

void AddressCounts::add(const net::Address& address, std::uint64_t messages) {
  if (!counts_.empty() && counts_.back().first == address) {
    counts_.back().second = sum(counts_.back().second, messages);
    return;
  }
  if (is_full_) return add_to_full(address, messages);
  counts_.emplace_back(address, messages);
  if (counts_.size() >= fold_at_) fold();
}

void AddressCounts::add(const AddressCounts& more) {
  for (const auto& [address, messages] : more.counts_) add(address, messages);
  others_ = sum(others_, more.others_);
}

void AddressCounts::add_to_full(const net::Address& address, std::uint64_t messages) {
  auto found = std::ranges::lower_bound(counts_, address, {}, &Count::first);
  bool is_kept = found != counts_.end() && found->first == address;
  auto& count = is_kept ? found->second : others_;
  count = sum(count, messages);
}

void AddressCounts::fold() {
  std::ranges::sort(counts_);
  std::size_t kept = 0;
  for (std::size_t i = 1; i < counts_.size(); ++i) {
    if (counts_[i].first == counts_[kept].first)
      counts_[kept].second = sum(counts_[kept].second, counts_[i].second);
    else
      counts_[++kept] = counts_[i];
  }
  if (!counts_.empty()) counts_.resize(kept + 1);
  is_full_ = counts_.size() >= kMost;
  fold_at_ = std::clamp(counts_.size() * 2, fold_at_, 2 * kMost);
}

std::vector<AddressCounts::Count> AddressCounts::busiest() const {
  auto copy = *this;
  copy.fold();
  std::ranges::stable_sort(copy.counts_, std::ranges::greater(), &Count::second);
  return std::move(copy.counts_);
}

void Source::add(const Source& more) {
  take_speaker(speaker, more.speaker);
  addresses.add(more.addresses);
  sums += more.sums;
}

void Tally::add(const Record& record, const Host& host) {
  auto understood = understand(record, host, *parties_, [&](std::string_view name, bool verified) {
    auto found = selectors_.find(name);
    if (found == selectors_.end()) {
      if (selectors_.size() >= kMostSelectors) return;
      found = selectors_.emplace(std::string(name), Verified{}).first;
    }
    auto& count = verified ? found->second.passed : found->second.failed;
    count = sum(count, record.count);
  });
  auto& source = source_named(sources_, places_, understood.speaker);
  take_speaker(source.speaker, understood.speaker);
  if (understood.address) source.addresses.add(*understood.address, record.count);
  source.sums += understood.sums;
}

bool Sources::is_new(const Metadata& metadata) {
  auto time = [](const std::optional<std::int64_t>& at) {
    return at ? std::to_string(*at) : std::string("-");
  };
  auto key = reporter_of(metadata) + '\n' + metadata.report_id + '\n' + metadata.policy.domain +
             '\n' + time(metadata.begin) + ' ' + time(metadata.end);
  // What has no id cannot be told from another one.
  return metadata.report_id.empty() || seen_.insert(std::move(key)).second;
}

bool Sources::add(const Metadata& metadata, const Tally& tally, Part part) {
  if (!is_new(metadata)) return false;
  auto& kept = domains_[metadata.policy.domain];
  auto& domain = kept.sums;
  domain.domain = metadata.policy.domain;
  auto reporter = reporter_of(metadata);
  ++domain.reports;
  take_name(domain.reporters, reporter);
  take_range(domain, metadata);
  take_policy(domain.policies, metadata, reporter);
  Sums all;
  for (const auto& source : tally.sources()) {
    all += source.sums;
    source_named(domain.sources, kept.places, source.speaker).add(source);
  }
  domain.sums += all;
  if (part == Part::reporter || part == Part::day) {
    auto key = part == Part::day ? day_of(metadata.begin, metadata.end) : reporter;
    bool room = domain.parts.size() < kMostParts || domain.parts.contains(key);
    domain.parts[room ? key : std::string(kRest)] += all;
  }
  for (const auto& [name, verified] : tally.selectors()) {
    if (domain.selectors.size() >= kMostSelectors && !domain.selectors.contains(name)) continue;
    auto& count = domain.selectors[name];
    count.passed = sum(count.passed, verified.passed);
    count.failed = sum(count.failed, verified.failed);
  }
  return true;
}

std::vector<const DomainSources*> Sources::domains() const {
  std::vector<const DomainSources*> list;
  for (const auto& [name, kept] : domains_) list.push_back(&kept.sums);
  std::ranges::stable_sort(list, std::ranges::greater(),
                           [](const auto* domain) { return domain->sums.messages; });
  return list;
}

std::string reporter_of(const Metadata& metadata) {
  if (!metadata.org.empty()) return metadata.org;
  auto at = metadata.email.rfind('@');
  if (at != std::string::npos && at + 1 < metadata.email.size())
    return metadata.email.substr(at + 1);
  return "unknown";
}

std::string day_of(const std::optional<std::int64_t>& begin,
                   const std::optional<std::int64_t>& end) {
  constexpr std::int64_t kYear10000 = 253'402'300'800;
  if (!begin || *begin < 0 || *begin >= kYear10000) return "unknown";
  auto middle = *begin;
  if (end && *end > *begin && *end < kYear10000) middle += (*end - *begin) / 2;
  constexpr std::size_t kDay = 10;
  return complaint::json_date(middle).substr(0, kDay);
}

std::string policy_text(const PublishedPolicy& policy) {
  std::string text;
  append_tag(text, "p", policy.p, "");
  append_tag(text, "sp", policy.sp, policy.p);
  append_tag(text, "adkim", policy.adkim, "r");
  append_tag(text, "aspf", policy.aspf, "r");
  return text;
}

}  // namespace mailtrust::report
