#include "abuse/whois_way.hpp"

#include <utility>

#include "abuse/scope.hpp"
#include "base/ascii.hpp"

namespace mailtrust::abuse {
namespace {

std::string summary_of(const registration::Registration& registration) {
  std::string summary = "answered";
  if (!registration.name.empty()) summary += ", " + registration.name;
  if (registration.network) summary += ", " + to_text(*registration.network);
  return summary;
}

}  // namespace

WhoisWay::WhoisWay(Servers& servers, const Subject& subject, Told& told, Clock::time_point deadline)
    : servers_(servers), subject_(subject), told_(told), deadline_(deadline) {}

void WhoisWay::ask() {
  auto first = servers_.options.whois_server.value_or(whois::first_server(subject_.address));
  named_.insert(ascii::to_lower(to_string(first)));
  next_.push_back(std::move(first));
  while (!next_.empty() && !answers(told_, subject_)) {
    auto server = std::move(next_.front());
    next_.pop_front();
    ask_one(server);
  }
}

void WhoisWay::ask_one(const whois::Server& server) {
  auto reply = exchange(server);
  if (!reply) return note(server, reply.error().message, true);
  read(server, *reply);
}

Expected<whois::Reply> WhoisWay::exchange(const whois::Server& server) {
  auto name = to_string(server);
  const auto& limits = server.typed ? kTypedPace : kPublicPace;
  auto turn = servers_.pace.enter("whois " + name, limits, deadline_);
  if (!turn) return fail(turn.error());
  auto query = whois::query_for(server, subject_.address);
  auto reply =
      whois::ask(server, query, subject_.resolver, end_of_one(servers_.options, deadline_));
  servers_.pace.answered("whois " + name, reply && !reply->text.empty());
  return reply;
}

// An answer that was cut is read as far as it came, and somebody else may still know more.
void WhoisWay::read(const whois::Server& server, const whois::Reply& reply) {
  auto answer = whois::read_answer(reply.text, subject_.address);
  if (reply.cut) note(server, reply.cut->message, true);
  switch (answer.status) {
    case whois::Status::found:
      note(server, summary_of(answer.registration), false);
      told_.findings.push_back(
          {registration::Source::whois, server.host, std::move(answer.registration)});
      break;
    case whois::Status::not_found: note(server, "knows no such network", false); break;
    case whois::Status::come_later:
      servers_.pace.close("whois " + to_string(server),
                          "not asked: it asked us to come back later");
      note(server, "asked us to come back later: not asked again", true);
      break;
    case whois::Status::not_understood:
      if (!reply.cut) note(server, "sent nothing that is an answer about this address", true);
      break;
  }
  for (auto& referral : answer.referrals) refer(std::move(referral));
}

// What was typed may name other ports of its host: that is where rwhois answers.
void WhoisWay::refer(whois::Server server) {
  const auto& typed = servers_.options.whois_server;
  server.typed = typed && ascii::iequals(typed->host, server.host);
  if (servers_.options.offline && !server.typed) return;
  if (referrals_ == 0 || !named_.insert(ascii::to_lower(to_string(server))).second) return;
  --referrals_;
  next_.push_back(std::move(server));
}

void WhoisWay::note(const whois::Server& server, std::string outcome, bool failed) {
  auto name = to_string(server);
  if (failed) told_.fail(name + ": " + outcome);
  told_.steps.push_back({"whois " + name + ": " + whois::query_for(server, subject_.address),
                         std::move(outcome), failed});
}

}  // namespace mailtrust::abuse
