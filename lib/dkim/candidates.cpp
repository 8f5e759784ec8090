#include "dkim/candidates.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "provider/provider.hpp"

namespace mailtrust::dkim {
namespace {

// What OpenDKIM, rspamd, Exim and Postfix guides, control panels and the largest hosts call them.
constexpr std::array<std::string_view, 16> kCommon = {
    "default", "mail",  "dkim",  "s1",   "s2", "k1",   "selector1", "selector2",
    "google",  "dkim1", "email", "smtp", "mx", "key1", "sig1",      "x"};

class Collector {
 public:
  void add(std::string selector, bool likely) {
    auto same = [&](const Candidate& known) { return ascii::iequals(known.selector, selector); };
    if (std::ranges::any_of(candidates_, same)) return;
    candidates_.push_back({std::move(selector), likely});
  }

  void add_all(const std::vector<provider::Match>& matches, bool likely) {
    for (const auto& match : matches)
      for (auto& selector : provider::selectors(match)) add(std::move(selector), likely);
  }

  std::vector<Candidate> take() { return std::move(candidates_); }

 private:
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<Candidate> selector_candidates(std::span<const std::string> spf_names,
                                           std::span<const std::string> mx_hosts) {
  Collector collector;
  for (const auto& name : spf_names) collector.add_all(provider::by_spf_include(name), true);
  for (const auto& host : mx_hosts) collector.add_all(provider::by_mx(host), true);
  for (auto common : kCommon) collector.add(std::string(common), true);
  for (const auto& row : provider::all()) collector.add_all({{&row}}, false);
  return collector.take();
}

std::vector<Candidate> selector_candidates(dns::Resolver& resolver, const dns::Name& domain) {
  std::array<dns::Question, 2> questions{dns::Question{domain, dns::Type::txt},
                                         dns::Question{domain, dns::Type::mx}};
  resolver.prefetch(questions);
  std::vector<std::string> names;
  for (const auto& text : resolver.txt(domain).records)
    if (ascii::istarts_with(text, "v=spf1 ")) names = spf_names(text);
  std::vector<std::string> hosts;
  for (const auto& mx : resolver.mx(domain).records) hosts.push_back(to_string(mx.exchange));
  return selector_candidates(names, hosts);
}

std::vector<std::string> spf_names(std::string_view record) {
  std::vector<std::string> names;
  for (auto term : ascii::split(record, ' ')) {
    if (!term.empty() && std::string_view("+-~?").find(term[0]) != std::string_view::npos)
      term.remove_prefix(1);
    for (std::string_view kind : {"include:", "redirect="})
      if (ascii::istarts_with(term, kind)) names.emplace_back(term.substr(kind.size()));
  }
  return names;
}

}  // namespace mailtrust::dkim
