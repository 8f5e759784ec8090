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
  put(std::move(first));
  while (!next_.empty() && !answers(told_, subject_)) {
    auto question = std::move(next_.front());
    next_.pop_front();
    ask_one(question);
  }
}

void WhoisWay::put(whois::Server server) {
  auto text = whois::query_for(server, subject_.address);
  next_.push_back({std::move(server), std::move(text)});
}

void WhoisWay::ask_one(const Question& question) {
  auto reply = exchange(question);
  if (!reply) return note(question, reply.error().message, true);
  read(question, *reply);
}

Expected<whois::Reply> WhoisWay::exchange(const Question& question) {
  const auto& server = question.server;
  auto name = to_string(server);
  const auto& limits = server.typed ? kTypedPace : kPublicPace;
  auto turn = servers_.pace.enter("whois " + name, limits, deadline_);
  if (!turn) return fail(turn.error());
  auto reply =
      whois::ask(server, question.text, subject_.resolver, end_of_one(servers_.options, deadline_));
  servers_.pace.answered("whois " + name, reply && !reply->text.empty());
  return reply;
}

// An answer that was cut is read as far as it came, and somebody else may still know more.
void WhoisWay::read(const Question& question, const whois::Reply& reply) {
  const auto& server = question.server;
  auto answer = whois::read_answer(reply.text, subject_.address);
  if (reply.cut) note(question, reply.cut->message, true);
  switch (answer.status) {
    case whois::Status::found:
      note(question, summary_of(answer.registration), false);
      told_.findings.push_back(
          {registration::Source::whois, server.host, std::move(answer.registration)});
      break;
    case whois::Status::not_found: note(question, "knows no such network", false); break;
    case whois::Status::come_later:
      servers_.pace.close("whois " + to_string(server), std::string(kComeLater));
      note(question, "asked us to come back later: not asked again", true);
      if (!answer.registration.network) break;
      told_.findings.push_back(
          {registration::Source::whois, server.host, std::move(answer.registration)});
      break;
    case whois::Status::not_understood:
      if (!reply.cut) note(question, "sent nothing that is an answer about this address", true);
      break;
  }
  if (!answer.more.empty()) ask_more(question, std::move(answer.more));
  for (auto& referral : answer.referrals) refer(std::move(referral));
}

// A list of networks is no answer about one of them; what is asked for then may be a list again.
void WhoisWay::ask_more(const Question& question, std::string text) {
  if (referrals_ == 0 || question.is_more) return;
  --referrals_;
  next_.push_front({question.server, std::move(text), true});
}

// What was typed was asked first; wherever it leads from there must be public.
void WhoisWay::refer(whois::Server server) {
  if (servers_.options.offline || referrals_ == 0) return;
  if (!named_.insert(ascii::to_lower(to_string(server))).second) return;
  --referrals_;
  put(std::move(server));
}

void WhoisWay::note(const Question& question, std::string outcome, bool failed) {
  auto name = to_string(question.server);
  if (failed) told_.fail(name + ": " + outcome);
  told_.steps.push_back({"whois " + name + ": " + question.text, std::move(outcome), failed});
}

}  // namespace mailtrust::abuse
