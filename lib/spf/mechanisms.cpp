// The mechanisms. RFC 7208 section 5.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "spf/evaluation.hpp"

namespace mailtrust::spf {
namespace {

bool holds(std::span<const net::Address> addresses, const net::Address& ip, unsigned length) {
  return std::ranges::any_of(addresses, [&](const net::Address& address) {
    return net::Prefix{address, length}.contains(ip);
  });
}

Match match_of(bool matches) {
  return matches ? Match::yes : Match::no;
}

}  // namespace

void keep_first(std::vector<dns::Name>& names) {
  if (names.size() > limits::kSpfNames) names.resize(limits::kSpfNames);
}

Match Evaluation::match(const All& /*all*/) {
  return Match::yes;
}

Match Evaluation::match(const Include& include) {
  constexpr std::string_view kClause = "RFC 7208 section 5.2";
  auto name = target(include.domain);
  if (!name && is_unmatchable(include.domain, macros_)) return Match::no;
  if (!name) return permerror(kClause, "what it expands to is not a domain name");
  switch (check_domain(*name).result) {
    case Result::pass: return Match::yes;
    case Result::fail:
    case Result::softfail:
    case Result::neutral: return Match::no;
    case Result::temperror: return Match::temperror;
    case Result::permerror: return Match::permerror;
    case Result::none: return permerror(kClause, std::exchange(problem_, {}));
  }
  return Match::permerror;
}

Match Evaluation::match_hosts(const dns::Name& name, const CidrLengths& lengths) {
  auto hosts = resolver_.addresses(name, family());
  if (auto end = settle(name, address_type(), *hosts.answer, hosts.status)) return *end;
  auto length = family() == net::Family::v4 ? lengths.v4 : lengths.v6;
  return match_of(holds(hosts.records, macros_.ip, length));
}

Match Evaluation::match(const A& a) {
  auto name = target(a.domain);
  return name ? match_hosts(*name, a.lengths) : Match::no;
}

Match Evaluation::match(const Mx& mx) {
  auto name = target(mx.domain);
  if (!name) return Match::no;
  auto answer = resolver_.mx(*name);
  if (auto end = settle(*name, dns::Type::mx, *answer.answer, answer.status)) return *end;
  if (answer.records.size() > limits::kSpfNames)
    return permerror("RFC 7208 section 4.6.4",
                     "more than 10 MX records: " + std::to_string(answer.records.size()));

  std::vector<dns::Name> exchanges;
  for (auto& record : answer.records)
    // RFC 7505 section 3: the root says that there is no mail host.
    if (!record.exchange.is_root()) exchanges.push_back(std::move(record.exchange));
  prefetch_addresses(exchanges);
  for (const auto& exchange : exchanges) {
    auto match = match_hosts(exchange, mx.lengths);
    if (match != Match::no) return match;
  }
  return Match::no;
}

Match Evaluation::match(const Ptr& ptr) {
  auto suffix = target(ptr.domain);
  if (!suffix) return Match::no;
  auto answer = resolver_.ptr(macros_.ip);
  trace_.asked(reverse(), dns::Type::ptr, *answer.answer);
  // RFC 7208 section 5.5: trouble with the names of the client is no match, not an error.
  if (answer.status == dns::Status::failed) return Match::no;
  if (answer.status != dns::Status::found) return charge_void();

  auto& names = answer.records;
  keep_first(names);
  // A name that does not end in the domain cannot match, whether it is true or not.
  std::erase_if(names, [&](const dns::Name& name) { return !name.is_within(*suffix); });
  prefetch_addresses(names);
  for (const auto& name : names) {
    auto hosts = resolver_.addresses(name, family());
    trace_.asked(name, address_type(), *hosts.answer);
    if (hosts.status == dns::Status::failed) continue;
    if (hosts.status != dns::Status::found && charge_void() != Match::no) return Match::permerror;
    if (std::ranges::find(hosts.records, macros_.ip) != hosts.records.end()) return Match::yes;
  }
  return Match::no;
}

Match Evaluation::match(const Ip4& ip4) {
  return match_of(ip4.network.contains(macros_.ip));
}

Match Evaluation::match(const Ip6& ip6) {
  return match_of(ip6.network.contains(macros_.ip));
}

Match Evaluation::match(const Exists& exists) {
  auto name = target(exists.domain);
  if (!name) return Match::no;
  // RFC 7208 section 5.7: an A record, whatever the family of the client.
  auto answer = resolver_.query({*name, dns::Type::a});
  return settle(*name, dns::Type::a, *answer, answer->status).value_or(Match::yes);
}

}  // namespace mailtrust::spf
