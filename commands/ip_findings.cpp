#include "commands/ip_findings.hpp"

#include <algorithm>
#include <utility>

#include "base/escape.hpp"
#include "finding/finding.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::commands {
namespace {

using dnsbl::State;
using finding::Finding;
using Findings = std::vector<Finding>;

constexpr std::size_t kNamed = 4;

std::string title_of(const dnsbl::Zone& zone) {
  return zone.row != nullptr ? std::string(zone.row->name) + " (" + zone.name + ')' : zone.name;
}

// "a, b and 3 more"
std::string enumerated(const std::vector<std::string>& names) {
  std::string all;
  for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) {
    if (i > 0) all += ", ";
    all += names[i];
  }
  if (names.size() > kNamed) all += " and " + std::to_string(names.size() - kNamed) + " more";
  return all;
}

void add_listings(Findings& findings, const IpAnswer& answer, const std::string& ip) {
  for (const auto& listing : answer.listings) {
    if (!blocks(listing)) continue;
    auto message = "listed by " + title_of(*listing.zone);
    if (!listing.meaning.empty())
      message += ": " + listing.meaning;
    else if (!listing.text.empty())
      message += ": " + quote(listing.text);
    auto hint = listing.delist.empty()
                    ? "mend the cause, then ask the list's operator to take the address out"
                    : "mend the cause, then ask to be taken out:\n" + listing.delist;
    findings.push_back(finding::make("ip.listed", ip, std::move(message), std::move(hint)));
  }
}

void add_own(Findings& findings, const IpAnswer& answer, const std::string& ip) {
  if (answer.own_trouble)
    findings.push_back(finding::make(
        "ip.own-lists", ip, "own lists could not be asked: " + answer.own_trouble->message,
        "see that the store can be read, or name another with --store"));
  if (answer.own.verdict() != list::Verdict::deny) return;
  const auto& by = *answer.own.by;
  auto entry = by.entry ? to_string(*by.entry) : "whoever is not listed";
  findings.push_back(finding::make(
      "ip.denied", ip, "denied by the list " + by.list + ", " + entry,
      "if that is not meant: mailtrust list pause " + by.list + ' ' + (by.entry ? entry : ip)));
}

struct Trouble {
  State state;
  finding::Id id;
  std::string_view one;
  std::string_view many;
  std::string_view hint;
};

const Trouble kTroubles[] = {
    {State::refused, "ip.list-refused", "list refuses to answer: ", "lists refuse to answer: ",
     "ask through a resolver of your own with --resolver, register it with the list, or get a key"},
    {State::no_answer, "ip.list-silent", "list gave no answer: ", "lists gave no answer: ",
     "try again; take a list that is closed out of your configuration"},
    {State::lies, "ip.list-lies", "list cannot be believed: ", "lists cannot be believed: ",
     "if it is many lists, the resolver rewrites answers: ask another one with --resolver; else do "
     "not use the list"},
};

// Those that matter are named first, as there the answer is missed.
void add_troubles(Findings& findings, const IpAnswer& answer, const std::string& ip) {
  for (const auto& trouble : kTroubles) {
    std::vector<std::string> names;
    std::string reason;
    for (bool matters : {true, false}) {
      for (const auto& listing : answer.listings) {
        if (listing.standing.state != trouble.state || listing.zone->matters() != matters) continue;
        if (names.empty()) reason = listing.standing.reason;
        names.push_back(listing.zone->name);
      }
    }
    if (names.empty()) continue;
    auto words = names.size() == 1 ? trouble.one : trouble.many;
    auto message = std::to_string(names.size()) + ' ' + std::string(words) + enumerated(names) +
                   (names.size() > 1 ? " (the first: " : " (") + reason + ')';
    findings.push_back(
        finding::make(trouble.id, ip, std::move(message), std::string(trouble.hint)));
  }
}

void add_gated(Findings& findings, const IpAnswer& answer, const std::string& ip) {
  for (const auto& listing : answer.listings)
    if (listing.standing.state == State::not_asked && listing.zone->chosen)
      findings.push_back(
          finding::make("ip.list-not-asked", ip,
                        title_of(*listing.zone) + " was not asked: " + listing.standing.reason));
}

void add_name(Findings& findings, const IpAnswer& answer, const std::string& ip) {
  const auto& name = answer.name;
  const auto* best = name.best();
  auto told = best != nullptr ? to_string(best->name) : std::string();
  switch (name.result) {
    case iprev::Result::pass: break;
    case iprev::Result::fail:
      findings.push_back(finding::make(
          "ip.not-confirmed", ip, "the name " + told + " does not point back to " + ip,
          "give " + told + " an address record of " + ip + ", or mend the PTR"));
      break;
    case iprev::Result::permerror:
      if (net::is_unreachable(answer.address)) break;
      findings.push_back(finding::make("ip.no-name", ip, ip + " has no name (PTR record)",
                                       "have whoever runs the network set the PTR record to the "
                                       "name the server says in HELO"));
      break;
    case iprev::Result::temperror:
      findings.push_back(finding::make(
          "ip.dns-trouble", ip,
          best != nullptr
              ? "could not tell whether " + told + " points back to " + ip
              : "could not tell the name of " + ip + ": " + std::string(to_string(name.failure)),
          "try again, or ask another resolver with --resolver"));
      break;
  }
  if (!answer.generic) return;
  findings.push_back(finding::make("ip.generic-name", ip,
                                   "the name " + answer.generic->name +
                                       " looks made from the address: " + answer.generic->reason,
                                   "give the server a name of its own, such as mail.example.org"));
}

void add_owner(Findings& findings, const IpAnswer& answer, const std::string& ip) {
  const auto* special = net::special_purpose(answer.address);
  if (special != nullptr && net::is_unreachable(answer.address))
    findings.push_back(
        finding::make("ip.special-purpose", ip,
                      ip + " is no host on the Internet: " + std::string(special->name)));
  if (!answer.owner || !answer.owner->could_not_tell) return;
  auto why = answer.owner->trouble.empty() ? std::string("no answer") : answer.owner->trouble[0];
  findings.push_back(finding::make("ip.registry-trouble", ip,
                                   "could not tell whose network it is: " + why,
                                   "try again, or leave the registries out with --no-registry"));
}

}  // namespace

std::vector<Finding> findings_of(const IpAnswer& answer) {
  auto ip = to_string(answer.address);
  Findings findings;
  add_listings(findings, answer, ip);
  add_own(findings, answer, ip);
  add_name(findings, answer, ip);
  add_troubles(findings, answer, ip);
  add_owner(findings, answer, ip);
  add_gated(findings, answer, ip);
  finding::sort_by_harm(findings);
  return findings;
}

cli::Verdict verdict_of(const IpAnswer& answer) {
  if (std::ranges::any_of(answer.listings, blocks) || answer.own.verdict() == list::Verdict::deny)
    return cli::Verdict::bad;
  auto is_missed = [](const dnsbl::Listing& listing) {
    return is_untold(listing) && listing.zone->matters();
  };
  bool unknown = answer.name.result == iprev::Result::temperror || answer.own_trouble ||
                 (answer.owner && answer.owner->could_not_tell) ||
                 std::ranges::any_of(answer.listings, is_missed);
  return unknown ? cli::Verdict::unknown : cli::Verdict::good;
}

}  // namespace mailtrust::commands
