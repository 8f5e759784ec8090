#include "verify/spf.hpp"

namespace mailtrust::verify {
namespace {

std::string domain_of(const std::string& mailbox) {
  auto at = mailbox.rfind('@');
  return at == std::string::npos ? mailbox : mailbox.substr(at + 1);
}

// Names follow the address: those of a hand-over belong to its client and to no other.
spf::Request request_of(const Session& session, const received::Handover& handover,
                        const Options& options) {
  bool same_client = !session.ip || session.ip == handover.ip;
  spf::Request request;
  request.ip = session.ip ? *session.ip : *handover.ip;
  request.helo = session.helo.value_or(same_client ? handover.helo : "");
  request.sender = session.mail_from.value_or(handover.mail_from.value_or(""));
  request.domain = request.sender.empty() ? request.helo : domain_of(request.sender);
  if (request.helo.empty()) request.helo = request.domain;
  request.now = options.now;
  if (!options.authserv_id.empty()) request.receiver = options.authserv_id;
  return request;
}

std::string source_of(const Session& session, const received::Handover& handover) {
  if (!session.ip) return handover.why;
  if (session.mail_from || !handover.mail_from) return "the address was given";
  return "the address was given, MAIL FROM is the message's Return-Path";
}

}  // namespace

void check_spf(dns::Resolver& resolver, const Options& options, Outcome& outcome) {
  const auto& session = options.session;
  const auto& handover = outcome.handover;
  if (!session.ip && !handover.ip) {
    outcome.spf_unknown = handover.why;
    return;
  }
  SpfCheck check;
  check.request = request_of(session, handover, options);
  check.from_message = !session.ip;
  check.source = source_of(session, handover);
  if (check.request.domain.empty()) {
    outcome.spf_unknown = "neither MAIL FROM nor a HELO name is known";
    return;
  }
  check.outcome = spf::check_host(resolver, check.request);
  outcome.spf = std::move(check);
}

CheckedIdentity checked_identity(const SpfCheck& check) {
  return {check.request.domain, check.request.sender.empty()};
}

}  // namespace mailtrust::verify
