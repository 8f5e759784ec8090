#include "commands/spf_words.hpp"

#include <vector>

#include "base/counted.hpp"
#include "base/number.hpp"
#include "provider/provider.hpp"

namespace mailtrust::commands {

std::string amount(const net::PrefixSet& set) {
  auto v4 = set.count_v4();
  auto v6 = set.count_v6_networks();
  auto v4_text = grouped(v4) + (v4 == 1 ? " IPv4 address" : " IPv4 addresses");
  auto v6_text = counted(v6, "IPv6 network") + " of /64";
  if (v4 == 0 && v6 == 0) return "no addresses";
  if (v6 == 0) return v4_text;
  return v4 == 0 ? v6_text : v4_text + " and " + v6_text;
}

std::string short_amount(const net::PrefixSet& set) {
  auto v4 = set.count_v4();
  auto v6 = set.count_v6_networks();
  if (v4 == 0 && v6 == 0) return {};
  if (v6 == 0) return grouped(v4);
  auto v6_text = grouped(v6) + " /64";
  return v4 == 0 ? v6_text : grouped(v4) + " + " + v6_text;
}

std::string sentence(const spf::Change& change) {
  std::string out;
  auto say = [&](const std::string& clause) { out += (out.empty() ? "" : " and ") + clause; };
  auto lookups = static_cast<std::uint64_t>(change.lookups < 0 ? -change.lookups : change.lookups);
  if (change.lookups > 0) say("cost " + counted(lookups, "lookup"));
  if (change.lookups < 0) say("save " + counted(lookups, "lookup"));
  if (!change.added.empty()) say("add " + amount(change.added));
  if (!change.removed.empty()) say("remove " + amount(change.removed));
  if (!change.same_treatment && change.added.empty() && change.removed.empty())
    say(change.depends_on_message ? "alter what depends on the message"
                                  : "alter what happens to strangers");
  if (out.empty()) out = "make no difference";
  return "this change would " + out;
}

cli::Value prefix_list(const net::PrefixSet& set) {
  cli::Value::Array out;
  for (const auto& prefix : set.prefixes()) out.emplace_back(to_string(prefix));
  return out;
}

std::string owner_of(const spf::Node& node, const spf::Term& term) {
  const spf::DomainSpec* spec = nullptr;
  if (term.kind == spf::Term::Kind::redirect) {
    spec = &node.parsed.record.redirect->domain;
  } else if (term.kind == spf::Term::Kind::directive) {
    const auto& mechanism = node.parsed.record.directives[term.index].mechanism;
    if (const auto* include = std::get_if<spf::Include>(&mechanism)) spec = &include->domain;
  }
  if (spec == nullptr) return {};
  auto matches = provider::by_spf_include(spec->text);
  if (matches.empty()) return {};
  const auto& best = matches.front();
  return (best.probably ? "probably " : "") + std::string(best.provider->name);
}

}  // namespace mailtrust::commands
