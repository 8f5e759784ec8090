// Whom the terms of one record authorize.
#include <algorithm>

#include "base/escape.hpp"
#include "net/special_purpose.hpp"
#include "spf/lint_rules.hpp"

namespace mailtrust::spf {
namespace {

constexpr unsigned kBroadV4 = 16;
constexpr unsigned kBroadV6 = 32;

// Comparing each prefix with each other is for records that a person wrote.
constexpr std::size_t kMostCompared = 1000;

struct Network {
  const Directive* directive = nullptr;
  net::Prefix prefix;
};

const net::Prefix* network_of(const Mechanism& mechanism) {
  if (const auto* ip4 = std::get_if<Ip4>(&mechanism)) return &ip4->network;
  if (const auto* ip6 = std::get_if<Ip6>(&mechanism)) return &ip6->network;
  return nullptr;
}

const CidrLengths* lengths_of(const Mechanism& mechanism) {
  if (const auto* a = std::get_if<A>(&mechanism)) return &a->lengths;
  if (const auto* mx = std::get_if<Mx>(&mechanism)) return &mx->lengths;
  return nullptr;
}

unsigned broad_length(net::Family family) {
  return family == net::Family::v4 ? kBroadV4 : kBroadV6;
}

// The shortest prefix of a family that a passing directive opens; the full width when none.
unsigned widest(const Directive& directive, net::Family family) {
  if (const auto* network = network_of(directive.mechanism))
    return network->address.family() == family ? network->length : net::width(family);
  if (const auto* lengths = lengths_of(directive.mechanism))
    return family == net::Family::v4 ? lengths->v4 : lengths->v6;
  bool opens = std::holds_alternative<All>(directive.mechanism);
  return opens ? 0 : net::width(family);
}

void judge_width(Lint& lint, const Node& node, const Directive& directive) {
  auto text = quote(directive.text);
  auto owner = lint.is_own(node) ? std::string() : " (a record of " + to_string(node.domain) + ')';
  for (auto family : {net::Family::v4, net::Family::v6}) {
    auto length = widest(directive, family);
    if (length == 0) {
      bool is_all = std::holds_alternative<All>(directive.mechanism);
      if (is_all) lint.replace(node, directive.column, "-all");
      return lint.add("spf.plus-all", node, directive.column,
                      text + " authorizes everybody" + owner,
                      is_all ? "use -all, or ~all while you are looking for your senders"
                             : "name the addresses that send");
    }
    if (length < broad_length(family) && lint.is_own(node))
      return lint.add("spf.broad-prefix", node, directive.column,
                      text + " authorizes a network of /" + std::to_string(length) +
                          ", more than any sender needs",
                      "name the addresses that send");
  }
}

void judge_purpose(Lint& lint, const Node& node, const Term& term, const Directive& directive) {
  for (const auto& range : term.addresses.ranges()) {
    const auto* block = net::special_purpose(range.first);
    bool whole = block != nullptr && block->prefix.contains(range.last);
    if (!whole || !net::is_unreachable(range.first)) continue;
    lint.take_out(node, directive.column);
    lint.add("spf.private-address", node, directive.column,
             quote(directive.text) + " authorizes " + to_string(range.first) +
                 ", which is no address on the Internet: " + std::string(block->name),
             "name the public address that your mail leaves from");
    return;
  }
}

void judge_host_bits(Lint& lint, const Node& node, const Directive& directive) {
  const auto* network = network_of(directive.mechanism);
  if (network == nullptr || network->first() == network->address) return;
  auto name = std::string(name_of(directive.mechanism));
  net::Prefix canonical{network->first(), network->length};
  lint.add("spf.host-bits", node, directive.column,
           quote(directive.text) + " has host bits, which are ignored; the network is " +
               to_string(canonical),
           "write " + name + ':' + to_string(canonical) + ", or " + name + ':' +
               to_string(network->address) + " for that one host");
}

// One that comes earlier always decides first; a later one with the same sign decides the same.
bool covers(const Network& other, const Network& one) {
  if (other.prefix.length > one.prefix.length || !other.prefix.contains(one.prefix.address))
    return false;
  bool same = other.prefix.length == one.prefix.length;
  bool earlier = other.directive->column < one.directive->column;
  return earlier || (!same && other.directive->qualifier == one.directive->qualifier);
}

std::vector<Network> networks(const Node& node) {
  std::vector<Network> out;
  for (const auto& directive : node.parsed.record.directives) {
    if (std::holds_alternative<All>(directive.mechanism)) break;
    if (const auto* network = network_of(directive.mechanism))
      out.push_back({&directive, *network});
  }
  if (out.size() > kMostCompared) out.clear();
  return out;
}

}  // namespace

void judge_addresses(Lint& lint, const Node& node) {
  for (const auto& term : node.terms) {
    if (term.kind != Term::Kind::directive || !term.reached) continue;
    const auto& directive = node.parsed.record.directives[term.index];
    if (lint.is_own(node)) judge_host_bits(lint, node, directive);
    if (directive.qualifier != Qualifier::pass) continue;
    judge_width(lint, node, directive);
    if (lint.is_own(node)) judge_purpose(lint, node, term, directive);
  }
}

void judge_coverage(Lint& lint, const Node& node) {
  auto all = networks(node);
  for (const auto& one : all) {
    auto wider = std::ranges::find_if(all, [&](const Network& other) {
      return other.directive != one.directive && covers(other, one);
    });
    if (wider == all.end()) continue;
    // The same term again is told as that.
    if (to_string(wider->directive->mechanism) == to_string(one.directive->mechanism)) continue;
    lint.take_out(node, one.directive->column);
    lint.add("spf.covered-prefix", node, one.directive->column,
             quote(one.directive->text) + " is covered by " + quote(wider->directive->text),
             "remove it");
  }
}

}  // namespace mailtrust::spf
