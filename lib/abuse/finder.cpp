#include "abuse/finder.hpp"

#include <algorithm>
#include <ctime>
#include <iterator>
#include <utility>

#include "abuse/bootstrap_source.hpp"
#include "abuse/in_flight.hpp"
#include "abuse/names.hpp"
#include "abuse/network_cache.hpp"
#include "abuse/rdap_way.hpp"
#include "abuse/scope.hpp"
#include "abuse/whois_way.hpp"
#include "base/limits.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::abuse {
namespace {

using registration::Contact;
using registration::Finding;

// What different servers said is kept apart: nobody is to find the answers of somebody's test
// server behind an address of the Internet.
std::string cache_kind(const Options& options) {
  std::string kind = "registration";
  if (!options.rdap_base.empty()) kind += " " + options.rdap_base;
  if (options.whois_server) kind += " whois://" + to_string(*options.whois_server);
  return kind;
}

bool asks_registries(const Options& options) {
  return !options.offline || !options.rdap_base.empty() || options.whois_server.has_value();
}

// The part of the time left in which a way may start its questions: RDAP two fifths, whois as much,
// DNS the rest.
Clock::time_point share_of(Clock::time_point deadline, int fifths) {
  auto now = Clock::now();
  return now + (std::max(deadline, now) - now) / 5 * fifths;
}

std::string day_of(std::int64_t time) {
  std::time_t seconds = time;
  std::tm parts{};
  if (gmtime_r(&seconds, &parts) == nullptr) return {};
  std::string text(sizeof "-2147483648-12-31", '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts));
  return text;
}

Step receipt_of(const Known& known) {
  auto when = known.fetched ? "as of " + day_of(*known.fetched) : "asked for earlier in this run";
  return {"cache: " + to_text(known.network), std::move(when), false};
}

const std::string& first_told(const Told& told, const std::string& best,
                              std::string registration::Registration::*part) {
  if (!best.empty()) return best;
  for (const auto& finding : told.findings)
    if (!finding.registration.is_placeholder && !(finding.registration.*part).empty())
      return finding.registration.*part;
  return best;
}

// What the narrowest network does not tell is taken from the wider ones.
void describe(Answer& answer, const Told& told) {
  answer.trouble = told.trouble;
  answer.could_not_tell = told.could_not_tell;
  answer.old_bootstrap = told.old_bootstrap;
  const auto* finding = narrowest(told, answer.address);
  if (finding == nullptr) return;
  const auto& best = finding->registration;
  answer.network = best.network;
  answer.name = best.name.empty() ? best.handle : best.name;
  answer.organization =
      first_told(told, best.organization, &registration::Registration::organization);
  answer.country = first_told(told, best.country, &registration::Registration::country);
  answer.registered = best.registered;
}

bool satisfies(const Told& told, const Subject& subject) {
  return told.complete || answers(told, subject);
}

}  // namespace

class Finder::Impl {
 public:
  explicit Impl(Options options)
      : options_(std::move(options)),
        servers_{options_, {}, {}},
        bootstrap_(servers_),
        cache_(options_.store, cache_kind(options_), options_.now) {}

  Answer find(const Subject& subject, Clock::time_point deadline) {
    Answer answer;
    answer.address = subject.address;
    if (net::is_unreachable(subject.address)) {
      const auto* special = net::special_purpose(subject.address);
      answer.internal = special == nullptr ? "not a public address" : std::string(special->name);
      return answer;
    }
    auto told = learn(subject, deadline, answer);
    describe(answer, *told);
    if (subject.want == Want::contacts) add_contacts(answer, *told, subject);
    return answer;
  }

  Expected<void> keep() { return cache_.save(); }

 private:
  // What is known already, or what the registries say now; one thread at a time for a block.
  std::shared_ptr<const Told> learn(const Subject& subject, Clock::time_point deadline,
                                    Answer& answer) {
    answer.offline = !asks_registries(options_);
    if (answer.offline) return nobody_asked();
    if (auto told = recall(subject, answer)) return told;
    auto block = block_of(subject.address);
    bool alone = flights_.take(block, end_of_one(options_, deadline));
    std::optional<InFlight::Claim> claim;
    if (alone) claim.emplace(flights_, block);
    if (auto told = recall(subject, answer)) return told;
    auto told = ask_registries(subject, deadline);
    cache_.add(subject.address, told);
    answer.steps = told->steps;
    return told;
  }

  std::shared_ptr<const Told> recall(const Subject& subject, Answer& answer) {
    auto known = cache_.find(subject.address);
    if (!known || !satisfies(*known->told, subject)) return nullptr;
    answer.steps = {receipt_of(*known)};
    answer.fetched = known->fetched;
    return known->told;
  }

  static std::shared_ptr<const Told> nobody_asked() {
    auto told = std::make_shared<Told>();
    told->could_not_tell = true;
    return told;
  }

  std::shared_ptr<const Told> ask_registries(const Subject& subject, Clock::time_point deadline) {
    auto told = std::make_shared<Told>();
    auto known = cache_.find(subject.address);
    if (known) {
      told->findings = known->told->findings;
      told->steps.push_back(receipt_of(*known));
    }
    bool knows_rdap = known && !known->told->rdap_failed;
    auto rdap_end = share_of(deadline, 2);
    auto whois_end = share_of(deadline, 4);
    bool rdap = !options_.offline || !options_.rdap_base.empty();
    if (rdap && !knows_rdap) RdapWay(servers_, bootstrap_, subject, *told, rdap_end).ask();
    told->rdap_failed = told->could_not_tell;
    bool whois = !options_.offline || options_.whois_server;
    if (whois && !answers(*told, subject)) WhoisWay(servers_, subject, *told, whois_end).ask();
    if (answers(*told, subject)) told->could_not_tell = false;
    told->complete = subject.want == Want::contacts && !told->could_not_tell;
    return told;
  }

  // DNS is asked for a contact when the registries named none that is there for abuse and takes
  // mail.
  static void add_contacts(Answer& answer, const Told& told, const Subject& subject) {
    Names names(subject.resolver);
    auto findings = told.findings;
    if (!rank(answer.contacts, findings, names)) {
      names.prefetch(subject.address);
      append(findings, names.abuse_zone(subject.address));
      if (!rank(answer.contacts, findings, names)) {
        append(findings, names.reverse_names(subject.address));
        rank(answer.contacts, findings, names);
        drop_vain_guesses(answer.contacts);
      }
    }
    registration::put_undeliverable_last(answer.contacts);
    append(answer.trouble, names.trouble());
    answer.could_not_tell = answer.could_not_tell || !names.trouble().empty();
  }

  // A guess is worth telling only when somebody may read there.
  static void drop_vain_guesses(std::vector<Contact>& contacts) {
    std::erase_if(contacts, [](const Contact& contact) {
      return contact.source == registration::Source::reverse_name && contact.undeliverable;
    });
  }

  template <typename T>
  static void append(std::vector<T>& all, std::vector<T> more) {
    std::ranges::move(more, std::back_inserter(all));
  }

  // Is there a good one?
  static bool rank(std::vector<Contact>& contacts, const std::vector<Finding>& findings,
                   Names& names) {
    contacts = registration::rank(findings);
    contacts.resize(std::min(contacts.size(), limits::kContacts));
    names.mark_undeliverable(contacts);
    return std::ranges::any_of(contacts, [&](const Contact& contact) {
      return !contact.undeliverable && is_for_abuse(contact, findings);
    });
  }

  Options options_;
  Servers servers_;
  BootstrapSource bootstrap_;
  NetworkCache cache_;
  InFlight flights_;
};

Finder::Finder(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Finder::~Finder() = default;

Answer Finder::find(const net::Address& address, Want want, dns::Resolver& resolver,
                    Clock::time_point deadline) {
  return impl_->find({address.unmapped(), want, resolver}, deadline);
}

Expected<void> Finder::keep() {
  return impl_->keep();
}

}  // namespace mailtrust::abuse
