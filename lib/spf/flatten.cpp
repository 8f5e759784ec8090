#include "spf/flatten.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "dns/overlay_resolver.hpp"
#include "spf/flatten_layout.hpp"
#include "spf/flatten_plan.hpp"
#include "spf/publish.hpp"

namespace mailtrust::spf {
namespace {

// Choices that are weighed; each reads the whole record again.
constexpr std::size_t kMostTries = 32;

// What else the answer that carries the domain's record has to hold. Where that alone leaves no
// room for a record, shortening it cannot help, and it is left out.
std::size_t other_octets(const Node& root) {
  auto empty = answer_octets(root.domain, "");
  auto others = root.other_octets + 1 - std::min(root.other_octets + 1, empty);
  constexpr std::size_t kRoom = 300;
  return empty + others + kRoom > kMostAnswer ? 0 : others;
}

std::string why_broken(const Survey& survey, const Partition& whole) {
  const auto& root = survey.root();
  if (root.status == RecordStatus::missing) return "there is no SPF record";
  if (root.status == RecordStatus::several) return "there are several SPF records";
  if (!root.parsed.valid()) return "the record has an error: " + root.parsed.errors.front().message;
  if (!whole.where(Ruling::permerror).empty())
    return "the record is a permanent error for some senders; mend that first";
  return {};
}

std::vector<net::Prefix> prefixes_in(const std::vector<PublishedRecord>& records) {
  std::vector<net::Prefix> out;
  for (const auto& record : records)
    for (const auto& directive : parse_record(record.text).record.directives) {
      if (const auto* ip4 = std::get_if<Ip4>(&directive.mechanism)) out.push_back(ip4->network);
      if (const auto* ip6 = std::get_if<Ip6>(&directive.mechanism)) out.push_back(ip6->network);
    }
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> unlistable_terms(const Survey& survey) {
  std::vector<std::string> out;
  for (auto index : reached_nodes(survey))
    for (const auto& term : survey.nodes[index].terms)
      if (term.reached && term.unlistable && term.kind != Term::Kind::explanation &&
          std::ranges::find(out, term.text) == out.end())
        out.push_back(term.text);
  return out;
}

// One attempt after the other until a result is small enough, each proven.
class Flattener {
 public:
  Flattener(dns::Resolver& resolver, const Survey& survey, const FlattenOptions& options)
      : resolver_(resolver), survey_(survey), options_(options) {}

  Expected<Flattened> run() {
    auto where = to_string(survey_.root().domain);
    if (survey_.undetermined())
      return fail(Error::Kind::temporary, where, "DNS did not tell all that the record leads to");
    auto partitions = partition(survey_, decisions_);
    if (!partitions)
      return fail(Error::Kind::input, where,
                  "the record asks too much of the message to be compared with another");
    original_ = partitions->front();
    if (auto why = why_broken(survey_, original_); !why.empty())
      return fail(Error::Kind::input, where, why);
    return search(Plan(survey_, *partitions));
  }

 private:
  // Nothing but its lookups speaks against the record as it stands.
  [[nodiscard]] bool can_stay() const {
    const auto& root = survey_.root();
    return root.total.voids <= limits::kSpfVoidLookups &&
           answer_octets(root.domain, root.texts.front()) + other_octets(root) <= kMostAnswer;
  }

  Expected<Flattened> search(const Plan& plan) {
    auto candidates = plan.candidates();
    return options_.enough ? come_down(plan, candidates, *options_.enough)
                           : shrink(plan, std::move(candidates));
  }

  Expected<Flattened> come_down(const Plan& plan, const std::vector<Candidate>& candidates,
                                std::size_t enough) {
    auto before = survey_.root().total.lookups;
    if (can_stay() && before <= enough) return unchanged();
    std::size_t most = 0;
    for (const auto& candidate : candidates) most += candidate.saving;
    auto need = std::min(before - std::min(before, enough), most);
    while (true) {
      auto result = attempt(plan, with_voids(choose(candidates, need)));
      if (!result || need == most || result->lookups <= enough) return result;
      // Addresses that went into records of their own cost lookups again.
      need = std::min(most, need + result->lookups - enough);
    }
  }

  // Everything is replaced first. Where that takes records of its own, terms come back, those with
  // the most addresses first, as long as no lookup is lost by it.
  Expected<Flattened> shrink(const Plan& plan, std::vector<Candidate> candidates) {
    std::vector<std::size_t> chosen;
    chosen.reserve(candidates.size());
    for (const auto& candidate : candidates) chosen.push_back(candidate.term);
    auto best = cost(plan, with_voids(chosen));
    if (!best) return fail(best.error());
    std::ranges::stable_sort(candidates, std::ranges::greater{}, &Candidate::prefixes);
    if (candidates.size() > kMostTries) candidates.resize(kMostTries);
    for (const auto& candidate : candidates) {
      if (best->own_records == 0) break;
      auto fewer = chosen;
      std::erase(fewer, candidate.term);
      auto tried = cost(plan, with_voids(fewer));
      if (!tried || tried->lookups > best->lookups) continue;
      best = tried;
      chosen = std::move(fewer);
    }
    if (can_stay() && (chosen.empty() || best->lookups >= survey_.root().total.lookups))
      return unchanged();
    return attempt(plan, with_voids(std::move(chosen)));
  }

  struct Cost {
    std::size_t lookups = 0;
    std::size_t own_records = 0;  ///< beside the domain's
  };

  // What a choice would come to, not proven yet.
  Expected<Cost> cost(const Plan& plan, const std::vector<std::size_t>& chosen) {
    auto records = write(plan, chosen, true);
    if (!records) return fail(records.error());
    return Cost{reread(*records).root().total.lookups, records->size() - 1};
  }

  // Terms that match nobody cost nothing to leave out, and may be what breaks the record.
  [[nodiscard]] std::vector<std::size_t> with_voids(std::vector<std::size_t> chosen) const {
    const auto& terms = survey_.root().terms;
    for (std::size_t i = 0; i < terms.size(); ++i)
      if (terms[i].own.voids > 0 && !terms[i].unlistable && terms[i].addresses.empty() &&
          !std::ranges::binary_search(chosen, i))
        chosen.insert(std::ranges::upper_bound(chosen, i), i);
    return chosen;
  }

  Flattened unchanged() const {
    Flattened out;
    const auto& root = survey_.root();
    out.records.push_back({root.domain, root.texts.front()});
    out.prefixes = prefixes_in(out.records);
    out.lookups = root.total.lookups;
    out.unlistable = unlistable_terms(survey_);
    return out;
  }

  Expected<Flattened> attempt(const Plan& plan, const std::vector<std::size_t>& chosen) {
    for (bool gather : {true, false}) {
      auto records = write(plan, chosen, gather);
      if (!records) return fail(records.error());
      if (auto proven = proof(*records)) return describe(std::move(*records), *proven, chosen);
    }
    return fail(
        Error::Kind::input, to_string(survey_.root().domain),
        "the flattened record could not be proven equal to the original; nothing to publish");
  }

  Expected<std::vector<PublishedRecord>> write(const Plan& plan,
                                               const std::vector<std::size_t>& chosen,
                                               bool gather) const {
    FreshNames names(survey_);
    auto draft = plan.draft(chosen, gather, names);
    if (!draft)
      return fail(Error::Kind::input, to_string(survey_.root().domain),
                  "the domain is too long for another label in front");
    std::vector<PublishedRecord> records;
    auto done = append_records(records, std::move(*draft), other_octets(survey_.root()), names);
    if (!done) return fail(done.error());
    return records;
  }

  // Reads the new records as a receiver would, everything else as it was.
  [[nodiscard]] Survey reread(const std::vector<PublishedRecord>& records) const {
    dns::OverlayResolver overlay(resolver_);
    for (const auto& record : records) overlay.set_txt(record.name, {record.text});
    return survey(overlay, survey_.root().domain);
  }

  std::optional<Survey> proof(const std::vector<PublishedRecord>& records) {
    auto after = reread(records);
    auto partitions = partition(after, decisions_);
    if (!partitions || partitions->front() != original_) return std::nullopt;
    return after;
  }

  Flattened describe(std::vector<PublishedRecord> records, const Survey& after,
                     const std::vector<std::size_t>& chosen) const {
    Flattened out;
    out.records = std::move(records);
    out.prefixes = prefixes_in(out.records);
    out.lookups = after.root().total.lookups;
    out.unlistable = unlistable_terms(after);
    for (auto index : chosen) out.flattened.push_back(survey_.root().terms[index].text);
    out.changed = true;
    return out;
  }

  dns::Resolver& resolver_;
  const Survey& survey_;
  const FlattenOptions& options_;
  Decisions decisions_;
  Partition original_;
};

}  // namespace

Expected<Flattened> flatten(dns::Resolver& resolver, const Survey& survey,
                            const FlattenOptions& options) {
  return Flattener(resolver, survey, options).run();
}

}  // namespace mailtrust::spf
