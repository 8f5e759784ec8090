#include "report/speaker.hpp"

#include <algorithm>
#include <memory>

#include "base/escape.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::report {
namespace {

using PartyPointer = std::shared_ptr<const Party>;

struct OverrideName {
  std::string_view name;
  Override meaning;
};

constexpr OverrideName kOverrideNames[] = {
    {"forwarded", Override::forwarded},       {"sampled_out", Override::sampled_out},
    {"mailing_list", Override::mailing_list}, {"trusted_forwarder", Override::trusted_forwarder},
    {"local_policy", Override::local_policy},
};

Override override_of(std::string_view type) {
  auto found = std::ranges::find(kOverrideNames, type, &OverrideName::name);
  return found == std::end(kOverrideNames) ? Override::other : found->meaning;
}

std::string network_of(const net::Address& address) {
  constexpr unsigned kV4 = 24;
  constexpr unsigned kV6 = 48;
  net::Prefix prefix{address, address.is_v4() ? kV4 : kV6};
  prefix.address = prefix.first();
  return to_string(prefix);
}

// The identities of one record, sorted by whose they are.
class Reading {
 public:
  Reading(const Record& record, const Host& host, Parties& parties, const SelectorSink& selector)
      : record_(record), host_(host), parties_(parties), selector_(selector) {
    if (!record.header_from.empty()) author_ = parties.get(record.header_from)->organization;
    for (const auto& auth : record.auth) take(auth);
    dkim_ = aligned(record.dkim, own_signature_);
    spf_ = aligned(record.spf, own_return_path_);
  }

  Understood run() {
    Understood result;
    result.address = net::Address::read(record_.source_ip);
    describe(result.speaker, result.address);
    count(result.sums);
    return result;
  }

 private:
  // A report without policy_evaluated says it by its auth_results.
  static bool aligned(std::string_view evaluated, bool passes) {
    return evaluated.empty() ? passes : evaluated == "pass";
  }

  [[nodiscard]] bool is_own(const Party& party) const {
    return !author_.empty() && party.organization == author_;
  }

  void take(const AuthResult& auth) {
    if (auth.domain.empty()) return;
    auto party = parties_.get(auth.domain);
    bool passes = auth.result == "pass";
    auth.kind == "dkim" ? take_signature(auth, party, passes) : take_return_path(party, passes);
  }

  void take_signature(const AuthResult& auth, const PartyPointer& party, bool passes) {
    if (!is_own(*party)) {
      // Of several signers the one that is known says the most.
      if (passes && (signer_ == nullptr || signer_->service == nullptr)) signer_ = party;
      return;
    }
    auto key = std::string(auth.selector) + ' ' + std::string(auth.domain);
    // "none" is a signature that was not there after all (RFC 8601 section 2.7.1).
    if (auth.result == "none") return;
    if (selector_ && !auth.selector.empty()) selector_(key, passes);
    own_signature_ = own_signature_ || passes;
    if (!passes && broken_.empty()) broken_ = std::move(key);
  }

  void take_return_path(const PartyPointer& party, bool passes) {
    if (is_own(*party)) {
      own_return_path_ = own_return_path_ || passes;
      asked_own_ = true;
    } else if (passes && returns_to_ == nullptr) {
      returns_to_ = party;
    }
  }

  void describe(Speaker& speaker, const std::optional<net::Address>& address) {
    if (address) speaker.internal = net::is_unreachable(*address);
    PartyPointer named = host_.name.empty() ? nullptr : parties_.get(host_.name);
    speaker.own_host = named != nullptr && is_own(*named);
    speaker.unresolved = host_.unresolved;
    speaker.selector = broken_;
    if (const auto* other = returns_to_ ? returns_to_.get() : signer_.get())
      speaker.other = other->organization;
    speaker.service = service(named.get());
    speaker.who = name(speaker, named.get(), address);
  }

  [[nodiscard]] const provider::Provider* service(const Party* named) const {
    if (host_.service != nullptr) return host_.service;
    if (named != nullptr) return named->service;
    // The last hop is who SPF passes for; a signature may have come a long way.
    if (returns_to_ != nullptr) return returns_to_->service;
    return signer_ == nullptr ? nullptr : signer_->service;
  }

  [[nodiscard]] std::string name(const Speaker& speaker, const Party* named,
                                 const std::optional<net::Address>& address) const {
    if (speaker.service != nullptr) return std::string(speaker.service->name);
    if (named != nullptr) return named->organization;
    if (!speaker.other.empty()) return speaker.other;
    return address ? network_of(*address) : quote(record_.source_ip);
  }

  void count(Sums& sums) const {
    auto messages = record_.count;
    sums.messages = messages;
    if (dkim_) sums.by_dkim = messages;
    if (spf_) sums.by_spf = messages;
    if (dkim_ && spf_) sums.by_both = messages;
    if (dkim_ && !spf_ && asked_own_ && !own_return_path_) sums.relayed = messages;
    if (dkim_ || spf_) return;
    sums.failed_by.at(static_cast<std::size_t>(cause())) = messages;
    if (record_.disposition == "quarantine" || record_.disposition == "reject")
      sums.refused = messages;
    std::array<bool, kOverrides> seen{};
    for (const auto& reason : record_.reasons) {
      if (reason.type.empty()) continue;
      auto at = static_cast<std::size_t>(override_of(reason.type));
      if (!std::exchange(seen.at(at), true)) sums.overridden.at(at) = messages;
    }
  }

  [[nodiscard]] Cause cause() const {
    if (own_signature_ || own_return_path_) return Cause::misaligned;
    for (const auto& reason : record_.reasons) {
      auto type = override_of(reason.type);
      if (type == Override::forwarded || type == Override::trusted_forwarder ||
          type == Override::mailing_list)
        return Cause::forwarded;
    }
    if (!broken_.empty()) return Cause::broken;
    return signer_ != nullptr || returns_to_ != nullptr ? Cause::other : Cause::bare;
  }

  const Record& record_;
  const Host& host_;
  Parties& parties_;
  const SelectorSink& selector_;
  std::string author_;  // the organization; empty when the report does not say
  PartyPointer signer_;
  PartyPointer returns_to_;
  std::string broken_;
  bool own_signature_ = false;
  bool own_return_path_ = false;
  bool asked_own_ = false;
  bool dkim_ = false;
  bool spf_ = false;
};

}  // namespace

Understood understand(const Record& record, const Host& host, Parties& parties,
                      const SelectorSink& selector) {
  return Reading(record, host, parties, selector).run();
}

}  // namespace mailtrust::report
