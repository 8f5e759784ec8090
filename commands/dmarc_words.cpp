#include "commands/dmarc_words.hpp"

#include "dns/idna.hpp"
#include "dns/public_suffix.hpp"

namespace mailtrust::commands {
namespace {

using dmarc::Presence;
using Kind = cli::Style::Kind;

std::string policy_text(const dmarc::Outcome& outcome) {
  if (!outcome.parsed().applies()) return "the DMARC record is invalid and does not count";
  if (outcome.parsed().invalid_policy) return "none, as a policy in the DMARC record is invalid";
  if (!outcome.policy) return "could not tell which policy of the record applies";
  auto text = std::string(to_string(*outcome.policy)) + " (" + outcome.policy_tag + "=)";
  if (outcome.parsed().record.testing && *outcome.policy != dmarc::Policy::none)
    text += ", for now " + std::string(to_string(weakened(*outcome.policy))) + " (t=y)";
  if (outcome.applies == 0) return text + ", by its own record";
  return text + ", by the record of " + to_string(outcome.found_at().domain);
}

bool applies(const dmarc::Outcome& outcome, std::size_t index) {
  return outcome.presence == Presence::found && index == outcome.applies;
}

// The record that applies stands above the walk already.
std::string answer_of(const dmarc::Outcome& outcome, std::size_t index) {
  const auto& stop = outcome.walk[index];
  if (stop.status == dns::Status::failed)
    return "could not tell: " + std::string(to_string(stop.failure));
  if (stop.name.is_root()) return "none: no room for _dmarc";
  if (stop.records.size() > 1)
    return std::to_string(stop.records.size()) + " DMARC records, all discarded";
  if (applies(outcome, index)) return "the record above";
  if (const auto* parsed = stop.record()) return parsed->record.text;
  return stop.others.empty() ? "no record" : "no DMARC record";
}

// A domain may be so long that no name below it is possible.
cli::Value name_of(const dmarc::Stop& stop) {
  return stop.name.is_root() ? cli::Value() : cli::Value(to_string(stop.name));
}

std::string role_of(const dmarc::Outcome& outcome, std::size_t index) {
  bool organizational = outcome.organizational_domain == outcome.walk[index].domain;
  std::string role = applies(outcome, index) ? "applies" : "";
  if (organizational) role += role.empty() ? "organizational domain" : ", organizational domain";
  return role;
}

std::string mail_text(const dmarc::Destination& destination) {
  if (!destination.mail) return {};
  const auto& mail = *destination.mail;
  if (mail.reachable()) return "has a host";
  return mail.determined() ? "not accepted" : "could not tell";
}

// Collects the sentence.
class Differences {
 public:
  void add(const std::string& text) { all_ += (all_.empty() ? "" : "; ") + text; }

  [[nodiscard]] cli::Value sentence() const {
    if (all_.empty()) return {};
    auto date = dns::public_suffix_list_date();
    auto list = date.empty() ? date : " of " + date;
    return "those of RFC 7489 (public suffix list" + list + ") " + all_;
  }

 private:
  std::string all_;
};

std::string found_by(const dmarc::OldPolicy& before) {
  if (before.presence == Presence::unknown) return "could not tell the policy";
  if (!before.policy) return "find no policy";
  return "apply " + std::string(to_string(*before.policy)) + " (" + before.policy_tag + "= of " +
         to_string(before.found_at) + ')';
}

}  // namespace

std::string headline(const dmarc::Outcome& outcome) {
  auto text = dns::to_u_labels(to_string(outcome.domain)) + ": ";
  switch (outcome.presence) {
    case Presence::found: return text + policy_text(outcome);
    case Presence::absent: return text + "no DMARC policy";
    case Presence::unknown: break;
  }
  return text + "could not tell the DMARC policy";
}

cli::Value walk_value(const dmarc::Outcome& outcome) {
  cli::Value::Array rows;
  for (std::size_t i = 0; i < outcome.walk.size(); ++i) {
    const auto& stop = outcome.walk[i];
    cli::Value::Array records;
    for (const auto& parsed : stop.records) records.emplace_back(parsed.record.text);
    rows.push_back(cli::Value::Object{{"step", i + 1},
                                      {"domain", to_string(stop.domain)},
                                      {"name", name_of(stop)},
                                      {"status", to_string(stop.status)},
                                      {"records", std::move(records)},
                                      {"answer", answer_of(outcome, i)},
                                      {"role", role_of(outcome, i)}});
  }
  return rows;
}

cli::Style walk_style() {
  return {.kind = Kind::table,
          .label = "tree walk",
          .columns = {"step", "name:asked", "answer", "role"}};
}

cli::Value destinations_value(std::span<const dmarc::Destination> destinations) {
  cli::Value::Array rows;
  for (const auto& one : destinations) {
    auto domain = one.domain ? cli::Value(to_string(*one.domain)) : cli::Value();
    auto asked = one.record_name ? cli::Value(to_string(*one.record_name)) : cli::Value();
    auto instead = one.instead.empty() ? cli::Value() : cli::Value(one.instead);
    rows.push_back(cli::Value::Object{{"tag", one.tag},
                                      {"uri", one.uri},
                                      {"domain", std::move(domain)},
                                      {"authorization", to_string(one.authorization)},
                                      {"authorization_name", std::move(asked)},
                                      {"instead", std::move(instead)},
                                      {"mail", mail_text(one)}});
  }
  return rows;
}

cli::Style destinations_style() {
  return {.kind = Kind::table,
          .label = "reports",
          .columns = {"tag", "uri:address", "authorization", "mail", "instead:sent on to"}};
}

cli::Value old_readers(const dmarc::Outcome& outcome, const dmarc::OldPolicy& before) {
  Differences differences;
  bool same = before.presence == outcome.presence && before.policy == outcome.policy;
  bool none = !before.policy && !outcome.policy && before.presence != Presence::unknown &&
              outcome.presence != Presence::unknown;
  if (!same && !none) differences.add(found_by(before));
  bool enforced = before.policy && *before.policy != dmarc::Policy::none;
  if (enforced && before.percent < 100)
    differences.add("apply it to " + std::to_string(before.percent) + " % of failing mail (pct=)");
  if (enforced && outcome.presence == Presence::found && outcome.parsed().record.testing)
    differences.add("ignore t=y");
  if (before.policy && outcome.organizational_domain &&
      !(before.organizational_domain == *outcome.organizational_domain))
    differences.add("take " + to_string(before.organizational_domain) +
                    " for the organizational domain");
  return differences.sentence();
}

cli::Value old_reading_value(const dmarc::OldPolicy& before) {
  bool found = before.presence == Presence::found;
  return cli::Value::Object{
      {"organizational_domain", to_string(before.organizational_domain)},
      {"found_at", found ? cli::Value("_dmarc." + to_string(before.found_at)) : cli::Value()},
      {"policy", before.policy ? cli::Value(to_string(*before.policy)) : cli::Value()},
      {"percent", found ? cli::Value(before.percent) : cli::Value()}};
}

}  // namespace mailtrust::commands
