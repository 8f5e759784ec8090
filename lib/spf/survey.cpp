#include "spf/survey.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "spf/survey_cost.hpp"
#include "spf/survey_term.hpp"

namespace mailtrust::spf {
namespace {

// Octets of a DNS message around its records: header, the question's type and class, an OPT record.
constexpr std::size_t kMessageOctets = 12 + 4 + 11;
// Of a record around its RDATA when its owner is compressed (RFC 1035 section 4.1.4).
constexpr std::size_t kRecordOctets = 12;

bool looks_like_spf(std::string_view text) {
  auto bare = ascii::trim(text);
  while (bare.starts_with('"') || bare.starts_with('\'')) bare.remove_prefix(1);
  return ascii::istarts_with(bare, "v=spf") || ascii::istarts_with(bare, "spf1") ||
         ascii::istarts_with(bare, "v = spf");
}

// Where each string after the first begins in the joined text.
std::vector<std::size_t> joints_of(const dns::Record& record) {
  std::vector<std::size_t> joints;
  std::size_t at = 0;
  std::string_view data = record.data;
  while (!data.empty()) {
    auto length = static_cast<unsigned char>(data[0]);
    if (at > 0) joints.push_back(at);
    at += length;
    data.remove_prefix(std::min(data.size(), length + std::size_t{1}));
  }
  return joints;
}

void measure(Node& node, const dns::Answer& answer) {
  node.other_octets = kMessageOctets + node.domain.wire().size();
  for (const auto& record : answer.aliases) node.other_octets += kRecordOctets + record.data.size();
  for (const auto& record : answer.records) node.other_octets += kRecordOctets + record.data.size();
}

// RFC 7208 section 4.5: exactly one TXT record that calls itself version 1.
void choose_record(Node& node, const dns::Lookup<std::string>& found) {
  const dns::Record* chosen = nullptr;
  for (std::size_t i = 0; i < found.records.size(); ++i) {
    const auto& text = found.records[i];
    if (is_spf(text)) {
      node.texts.push_back(text);
      chosen = &found.answer->records[i];
    } else if (looks_like_spf(text)) {
      node.almost.push_back(text);
    }
  }
  node.status = node.texts.empty()       ? RecordStatus::missing
                : node.texts.size() == 1 ? RecordStatus::found
                                         : RecordStatus::several;
  if (node.status != RecordStatus::found) return;
  node.joints = joints_of(*chosen);
  node.rdata_octets = chosen->data.size();
  node.other_octets -= node.rdata_octets;
}

void read_record(Node& node, dns::Resolver& resolver) {
  // RFC 7208 section 4.3: a single label is no domain to ask.
  if (node.domain.label_count() < 2) {
    node.status = RecordStatus::missing;
    return;
  }
  auto found = resolver.txt(node.domain);
  if (found.status == dns::Status::failed) {
    node.status = RecordStatus::undetermined;
    node.unknown_reason = std::string(to_string(found.answer->failure)) + ": " +
                          to_string(dns::Question{node.domain, dns::Type::txt});
    return;
  }
  node.void_answer = found.status != dns::Status::found;
  measure(node, *found.answer);
  choose_record(node, found);
  if (node.status != RecordStatus::found) return;
  node.parsed = parse_record(node.texts.front());
  node.terms = make_terms(node.parsed.record, node.domain);
}

// Reads records breadth first, so that all the questions of a level are on their way at once.
class Surveyor {
 public:
  explicit Surveyor(dns::Resolver& resolver) : resolver_(resolver) {}

  Survey run(const dns::Name& domain) {
    node_for(domain);
    for (std::size_t begin = 0; begin < survey_.nodes.size();) {
      auto end = survey_.nodes.size();
      read_level(begin, end);
      begin = end;
    }
    settle_costs(survey_);
    return std::move(survey_);
  }

 private:
  // The node of a domain, a new one at the end when it was not met before.
  std::size_t node_for(const dns::Name& domain) {
    auto [place, is_new] = known_.try_emplace(domain, survey_.nodes.size());
    if (is_new) {
      survey_.nodes.emplace_back();
      survey_.nodes.back().domain = domain;
    }
    return place->second;
  }

  void read_level(std::size_t begin, std::size_t end) {
    for (auto i = begin; i < end; ++i) {
      if (i < limits::kSpfRecords) {
        read_record(survey_.nodes[i], resolver_);
      } else {
        survey_.nodes[i].unknown_reason = "too many records in this tree";
      }
    }
    prefetch_terms(begin, end);
    for (auto i = begin; i < end; ++i)
      for (auto& term : survey_.nodes[i].terms)
        resolve(term, survey_.nodes[i].parsed.record, resolver_);
    for (auto i = begin; i < end; ++i) find_children(i);
  }

  void prefetch_terms(std::size_t begin, std::size_t end) {
    std::vector<dns::Question> first;
    std::vector<dns::Question> second;
    auto for_each_term = [&](auto&& visit) {
      for (auto i = begin; i < end; ++i)
        for (const auto& term : survey_.nodes[i].terms) visit(term, survey_.nodes[i].parsed.record);
    };
    for_each_term(
        [&](const auto& term, const auto& record) { append_questions(first, term, record); });
    resolver_.prefetch(first);
    for_each_term([&](const auto& term, const auto& record) {
      append_host_questions(second, resolver_, term, record);
    });
    resolver_.prefetch(second);
  }

  void find_children(std::size_t index) {
    // By index throughout: a new node may move the others.
    for (std::size_t t = 0; t < survey_.nodes[index].terms.size(); ++t) {
      const auto& node = survey_.nodes[index];
      const auto& term = node.terms[t];
      const auto* mechanism = mechanism_of(term, node.parsed.record);
      bool leads_on = term.kind == Term::Kind::redirect ||
                      (mechanism != nullptr && std::holds_alternative<Include>(*mechanism));
      if (!leads_on || !term.name) continue;
      auto child = node_for(dns::Name(*term.name));
      survey_.nodes[index].terms[t].child = child;
    }
  }

  dns::Resolver& resolver_;
  Survey survey_;
  std::unordered_map<dns::Name, std::size_t> known_;
};

}  // namespace

Survey survey(dns::Resolver& resolver, const dns::Name& domain) {
  return Surveyor(resolver).run(domain);
}

bool Survey::undetermined() const {
  for (auto index : reached_nodes(*this)) {
    const auto& node = nodes[index];
    if (node.status == RecordStatus::undetermined) return true;
    for (const auto& term : node.terms)
      if (term.reached && (term.unknown_v4 || term.unknown_v6)) return true;
  }
  return false;
}

}  // namespace mailtrust::spf
