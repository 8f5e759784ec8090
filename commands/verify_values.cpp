#include "commands/verify_values.hpp"

#include "verify/spf.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

Value policy_or_null(const std::optional<dmarc::Policy>& policy) {
  return policy ? Value(to_string(*policy)) : Value();
}

// The mark in front of a part, from the word of its result.
std::string_view mark(std::string_view result) {
  if (result == "pass") return "good";
  if (result == "none") return "none";
  if (result == "temperror") return "unknown";
  return result == "neutral" || result == "softfail" ? "warning" : "bad";
}

std::string summary(std::string_view result, const std::string& detail) {
  auto text = std::string(result);
  return detail.empty() ? text : text + ": " + detail;
}

Value diagnosis_value(const verify::Outcome& outcome, std::size_t index) {
  for (const auto& explanation : outcome.explanations) {
    if (explanation.signature != index) continue;
    const auto& diagnosis = explanation.diagnosis;
    Value::Array damages;
    for (const auto& damage : diagnosis.damages)
      damages.push_back(
          Value::Object{{"kind", damage.kind}, {"message", damage.message}, {"hint", damage.hint}});
    return Value::Object{{"damages", std::move(damages)},
                         {"body_explained", diagnosis.body_explained},
                         {"header_explained", diagnosis.header_explained},
                         {"note", text_or_null(diagnosis.note)}};
  }
  return {};
}

template <typename T>
Value value_or_null(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

Value signature_value(const verify::Outcome& outcome, std::size_t index) {
  const auto& verification = outcome.dkim[index];
  const auto& signature = verification.signature();
  auto forms = std::string(to_string(signature.header_canonicalization)) + '/' +
               std::string(to_string(signature.body_canonicalization));
  return Value::Object{{"domain", signature.domain},
                       {"selector", signature.selector},
                       {"result", to_string(verification.result)},
                       {"reason", text_or_null(verification.reason)},
                       {"reference", text_or_null(std::string(verification.clause))},
                       {"algorithm", signature.algorithm_text},
                       {"bits", verification.key_bits},
                       {"testing", verification.testing},
                       {"identity", signature.identity},
                       {"canonicalization", forms},
                       {"covers", Value::list(signature.signed_fields)},
                       {"open", Value::list(verification.open)},
                       {"uncovered_octets", verification.uncovered_octets},
                       {"timestamp", value_or_null(signature.timestamp)},
                       {"expiration", value_or_null(signature.expiration)},
                       {"body_matches", value_or_null(verification.body_matches)},
                       {"header_matches", value_or_null(verification.header_matches)},
                       {"diagnosis", diagnosis_value(outcome, index)}};
}

Value sets_value(const arc::Chain& chain) {
  Value::Array sets;
  for (const auto& set : chain.sets)
    sets.push_back(Value::Object{{"instance", set.instance},
                                 {"domain", set.seal_domain},
                                 {"selector", set.seal_selector},
                                 {"cv", set.validation},
                                 {"seal_verified", set.seal_verified},
                                 {"message_verified", set.message_verified},
                                 {"results", set.results}});
  return sets;
}

Value old_reading_value(const std::optional<dmarc::OldReading>& old) {
  if (!old) return {};
  return Value::Object{{"organizational_domain", old->organizational_domain},
                       {"result", to_string(old->result)},
                       {"policy", policy_or_null(old->policy)}};
}

// What receivers of the old standard make of it.
std::string old_reading_text(const std::optional<dmarc::OldReading>& old) {
  if (!old) return {};
  auto text = "; by the public suffix list (RFC 7489): " + std::string(to_string(old->result));
  if (old->policy) text += ", policy " + std::string(to_string(*old->policy));
  return text + ", organizational domain " + old->organizational_domain;
}

std::string_view alignment_word(const std::optional<bool>& aligned) {
  if (!aligned) return "could not tell";
  return *aligned ? "yes" : "no";
}

}  // namespace

Value spf_value(const verify::Outcome& outcome) {
  if (!outcome.spf)
    return Value::Object{{"result", Value()},
                         {"reason", outcome.spf_unknown},
                         {"verdict", "unknown"},
                         {"summary", "not checked: " + outcome.spf_unknown}};
  const auto& check = *outcome.spf;
  auto identity = verify::checked_identity(check);
  auto result = to_string(check.outcome.result);
  auto detail =
      identity.domain + (identity.is_helo ? " (HELO)" : "") + " for " + to_string(check.request.ip);
  if (!check.outcome.mechanism.empty()) detail += " by " + check.outcome.mechanism;
  if (!check.outcome.problem.empty()) detail += "; " + check.outcome.problem;
  return Value::Object{{"result", result},
                       {"domain", identity.domain},
                       {"identity", identity.is_helo ? "helo" : "mailfrom"},
                       {"ip", to_string(check.request.ip)},
                       {"helo", check.request.helo},
                       {"mechanism", text_or_null(check.outcome.mechanism)},
                       {"verdict", mark(result)},
                       {"summary", summary(result, detail)}};
}

Value signatures_value(const verify::Outcome& outcome) {
  Value::Array array;
  for (std::size_t i = 0; i < outcome.dkim.size(); ++i)
    array.push_back(signature_value(outcome, i));
  return array;
}

Value arc_value(const arc::Chain& chain) {
  auto result = to_string(chain.result);
  auto detail = chain.reason;
  if (chain.result == arc::Result::pass && !chain.sets.empty())
    detail = std::to_string(chain.sets.size()) + (chain.sets.size() == 1 ? " set" : " sets") +
             ", the newest by " + chain.sets.back().seal_domain +
             "; few receivers still look at ARC";
  return Value::Object{{"result", result},
                       {"reason", text_or_null(chain.reason)},
                       {"sets", sets_value(chain)},
                       {"verdict", mark(result)},
                       {"summary", summary(result, detail)}};
}

Value dmarc_value(const dmarc::Evaluation& evaluation) {
  const auto& discovery = evaluation.discovery;
  bool found = discovery && discovery->presence == dmarc::Presence::found;
  bool known = discovery && discovery->organizational_domain;
  auto result = to_string(evaluation.result);
  auto author = evaluation.author_domain ? Value(to_string(*evaluation.author_domain)) : Value();
  return Value::Object{
      {"result", result},
      {"policy", policy_or_null(evaluation.policy)},
      {"disposition", policy_or_null(evaluation.disposition)},
      {"reason", evaluation.reason},
      {"reference", text_or_null(std::string(evaluation.clause))},
      {"author_domain", author},
      {"record", found ? Value(discovery->parsed().record.text) : Value()},
      {"found_at", found ? Value(to_string(discovery->found_at().name)) : Value()},
      {"organizational_domain",
       known ? Value(to_string(*discovery->organizational_domain)) : Value()},
      {"old_reading", old_reading_value(evaluation.old_reading)},
      {"verdict", mark(result)},
      {"summary", summary(result, evaluation.reason) + old_reading_text(evaluation.old_reading)}};
}

Value identities_value(const dmarc::Evaluation& evaluation) {
  Value::Array rows;
  for (const auto& identity : evaluation.identities) {
    bool dkim = identity.method == dmarc::Identity::Method::dkim;
    rows.push_back(Value::Object{{"method", dkim ? "DKIM" : "SPF"},
                                 {"domain", identity.domain},
                                 {"selector", identity.selector},
                                 {"result", identity.result},
                                 {"aligned", value_or_null(identity.aligned)},
                                 {"alignment", alignment_word(identity.aligned)},
                                 {"mode", to_string(identity.mode)},
                                 {"organizational_domain", identity.organizational_domain}});
  }
  return rows;
}

Value claims_value(const std::vector<authres::Claim>& claims) {
  Value::Array rows;
  for (const auto& claim : claims)
    rows.push_back(Value::Object{{"field", claim.field},
                                 {"line", claim.line},
                                 {"authserv_id", claim.authserv_id},
                                 {"text", claim.text},
                                 {"remove", claim.remove}});
  return rows;
}

}  // namespace mailtrust::commands
