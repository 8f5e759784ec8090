#include "authres/authres.hpp"
#include "authres/folded_field.hpp"

namespace mailtrust::authres {
namespace {

void write_statement(FoldedField& out, const Statement& statement) {
  out.mark(";").fold();
  out.word(written_keyword(statement.method) + '=' + written_keyword(statement.result));
  if (!statement.reason.empty()) out.word("reason=" + quoted_value(statement.reason));
  for (const auto& [name, value] : statement.properties)
    out.word(written_keyword(name) + '=' + written_value(value));
}

}  // namespace

std::string format(std::string_view authserv_id, const std::vector<Statement>& statements) {
  FoldedField out("Authentication-Results:");
  out.word(written_token(authserv_id));
  if (statements.empty()) out.mark(";").word("none");
  for (const auto& statement : statements) write_statement(out, statement);
  return std::move(out).finish();
}

// RFC 7208 section 9.1: the value of a pair is a dot-atom or a quoted string, so that an IPv6
// address, an envelope sender and a mechanism are quoted.
std::string format(const ReceivedSpf& field) {
  FoldedField out("Received-SPF:");
  out.word(written_keyword(field.result));
  if (!field.comment.empty()) out.word(written_comment(field.comment));
  bool first = true;
  auto pair = [&](std::string_view key, std::string_view value, bool always) {
    if (value.empty() && !always) return;
    if (!first) out.mark(";");
    first = false;
    out.word(std::string(key) + '=' + written_dot_atom(value));
  };
  pair("receiver", field.receiver, false);
  pair("identity", field.identity, false);
  pair("client-ip", field.client_ip, false);
  pair("envelope-from", field.envelope_from, true);
  pair("helo", field.helo, false);
  pair("mechanism", field.mechanism, false);
  pair("problem", field.problem, false);
  return std::move(out).finish();
}

}  // namespace mailtrust::authres
