#include "report/failure.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "complaint/feedback.hpp"

namespace mailtrust::report {
namespace {

// RFC 5322 section 3.4: behind the last @, up to what ends the address.
std::string domain_of(std::string_view from) {
  auto at = from.rfind('@');
  if (at == std::string_view::npos) return {};
  auto domain = from.substr(at + 1);
  return ascii::to_lower(domain.substr(0, domain.find_first_of("> \t,;)\"")));
}

std::string author_domain(const complaint::Feedback& feedback) {
  if (!feedback.domains.empty()) return ascii::to_lower(feedback.domains.front());
  return domain_of(feedback.from);
}

}  // namespace

Expected<Failure> read_failure(std::string_view octets) {
  auto feedback = complaint::read_feedback(octets);
  if (!feedback) return fail(feedback.error());
  if (feedback->type != "auth-failure")
    return fail(Error::Kind::input, {},
                "a feedback report of the kind " + quote(feedback->type) +
                    ", not auth-failure: mailtrust abuse read reads it");
  Failure failure;
  failure.domain = author_domain(*feedback);
  failure.reporter = std::move(feedback->reporter);
  failure.failed = std::move(feedback->auth_failure);
  failure.delivery = std::move(feedback->delivery_result);
  failure.source = feedback->source;
  failure.arrival = feedback->arrival;
  failure.from = std::move(feedback->from);
  failure.subject = std::move(feedback->subject);
  failure.message_id = std::move(feedback->message_id);
  failure.results = std::move(feedback->results);
  for (auto& oddity : feedback->oddities) failure.faults.push_back(std::move(oddity.message));
  return failure;
}

std::string headline(const Failure& failure) {
  auto text = failure.domain.empty() ? std::string("a message") : failure.domain;
  text +=
      ": " + (failure.failed.empty() ? std::string("authentication") : failure.failed) + " failed";
  if (failure.source) text += " from " + to_string(*failure.source);
  if (!failure.delivery.empty()) text += " (" + failure.delivery + ")";
  if (!failure.from.empty()) text += ", " + failure.from;
  if (!failure.subject.empty()) text += ", " + quote(failure.subject);
  return text;
}

}  // namespace mailtrust::report
