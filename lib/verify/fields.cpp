#include "verify/fields.hpp"

#include "base/base64.hpp"
#include "verify/spf.hpp"

namespace mailtrust::verify {
namespace {

using authres::Statement;

// RFC 6008: so many characters of b= tell the signatures of a message apart.
constexpr std::size_t kSignatureStart = 8;

Statement spf_statement(const SpfCheck& check) {
  auto identity = checked_identity(check);
  Statement statement{"spf", std::string(to_string(check.outcome.result)), {}, {}};
  if (identity.is_helo) {
    statement.properties.emplace_back("smtp.helo", identity.domain);
  } else {
    statement.properties.emplace_back("smtp.mailfrom", check.request.sender);
  }
  return statement;
}

Statement dkim_statement(const dkim::Verification& verification) {
  const auto& signature = verification.signature();
  Statement statement{"dkim", std::string(to_string(verification.result)), verification.reason, {}};
  auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) statement.properties.emplace_back(name, value);
  };
  add("header.d", signature.domain);
  if (!signature.domain.empty()) add("header.i", signature.identity);
  add("header.s", signature.selector);
  add("header.a", signature.algorithm_text);
  add("header.b", encode_base64(signature.octets).substr(0, kSignatureStart));
  return statement;
}

// RFC 8617 section 8.1: oldest-pass is said of a chain that passes.
Statement arc_statement(const arc::Chain& chain) {
  Statement statement{"arc", std::string(to_string(chain.result)), chain.reason, {}};
  if (chain.result == arc::Result::pass)
    statement.properties.emplace_back("header.oldest-pass", std::to_string(chain.oldest_pass));
  return statement;
}

Statement dmarc_statement(const dmarc::Evaluation& evaluation) {
  Statement statement{"dmarc", std::string(to_string(evaluation.result)), {}, {}};
  if (evaluation.author_domain)
    statement.properties.emplace_back("header.from", to_string(*evaluation.author_domain));
  if (evaluation.policy)
    statement.properties.emplace_back("policy.dmarc", std::string(to_string(*evaluation.policy)));
  return statement;
}

}  // namespace

std::vector<Statement> statements(const Outcome& outcome) {
  std::vector<Statement> all;
  if (outcome.spf) all.push_back(spf_statement(*outcome.spf));
  for (const auto& verification : outcome.dkim) all.push_back(dkim_statement(verification));
  if (outcome.dkim.empty()) all.push_back({"dkim", "none", {}, {}});
  if (outcome.arc.result != arc::Result::none) all.push_back(arc_statement(outcome.arc));
  all.push_back(dmarc_statement(outcome.dmarc));
  return all;
}

std::string received_spf(const Outcome& outcome, const std::string& authserv_id) {
  if (!outcome.spf) return {};
  const auto& check = *outcome.spf;
  auto identity = checked_identity(check);
  authres::ReceivedSpf field;
  field.result = to_string(check.outcome.result);
  field.comment =
      authserv_id + ": domain of " + identity.domain + ", " + to_string(check.request.ip);
  field.receiver = authserv_id;
  field.client_ip = to_string(check.request.ip);
  field.envelope_from = check.request.sender;
  field.helo = check.request.helo;
  field.identity = identity.is_helo ? "helo" : "mailfrom";
  field.mechanism = check.outcome.mechanism;
  field.problem = check.outcome.problem;
  return authres::format(field);
}

}  // namespace mailtrust::verify
