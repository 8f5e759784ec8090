#include "abuse/rdap_way.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "abuse/scope.hpp"
#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::abuse {
namespace {

constexpr long kOk = 200;
constexpr long kNotFound = 404;
constexpr long kServerErrors = 500;  // RFC 9110 section 15.6: this and above

constexpr auto kMediaTypes = "application/rdap+json, application/json;q=0.9";

std::string words_of(const http::Response& response) {
  auto words = rdap::error_words(response.body);
  return std::to_string(response.status) + (words.empty() ? "" : ", " + quote(words));
}

std::string summary_of(const registration::Registration& registration) {
  std::string summary = "200";
  if (!registration.handle.empty()) summary += ", " + registration.handle;
  if (registration.network) summary += ", " + to_text(*registration.network);
  return summary;
}

// RFC 3986 section 2.3: what may stand in a path as it is.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    if (ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
      continue;
    }
    auto octet = static_cast<unsigned char>(c);
    out += {'%', kHex[octet >> 4U], kHex[octet & 15U]};
  }
  return out;
}

}  // namespace

RdapWay::RdapWay(Servers& servers, BootstrapSource& bootstrap, const Subject& subject, Told& told,
                 Clock::time_point deadline)
    : servers_(servers),
      bootstrap_(bootstrap),
      subject_(subject),
      told_(told),
      deadline_(deadline) {}

void RdapWay::ask() {
  auto server = base();
  if (server.empty()) return;
  auto answer = ask_network(server + "ip/" + to_string(subject_.address));
  if (answer && subject_.want == Want::contacts) follow(server, *answer);
}

// Empty: no server is named.
std::string RdapWay::base() {
  const auto& typed = servers_.options.rdap_base;
  if (!typed.empty()) return typed.ends_with('/') ? typed : typed + '/';
  auto choice = bootstrap_.find(subject_, deadline_);
  std::ranges::move(choice.steps, std::back_inserter(told_.steps));
  told_.old_bootstrap = choice.old ? choice.published : std::string();
  return choice.base;
}

// Within the network first, then its contacts, at last what is around it.
void RdapWay::follow(const std::string& server, const rdap::Answer& answer) {
  auto network = told_.findings.size() - 1;
  for (const auto& url : answer.more) {
    if (names_abuse_contact(told_.findings)) return;
    ask_network(url);
  }
  for (const auto& entity : answer.entities) {
    if (names_abuse_contact(told_.findings)) return;
    ask_entity(server, entity, network);
  }
  if (!answer.up.empty() && !names_abuse_contact(told_.findings)) ask_network(answer.up);
}

void RdapWay::ask_entity(const std::string& server, const rdap::EntityLink& entity,
                         std::size_t network) {
  auto url = entity.url.empty() ? server + "entity/" + percent_encoded(entity.handle) : entity.url;
  auto response = get_found(url);
  if (!response) return;
  auto mentions = rdap::read_entity(response->body, entity);
  if (!mentions) return note(url, "200, but " + mentions.error().message, true);
  note(url, "200, entity " + entity.handle, false);
  auto& known = told_.findings[network].registration.mentions;
  std::ranges::move(*mentions, std::back_inserter(known));
}

std::optional<rdap::Answer> RdapWay::ask_network(const std::string& url) {
  auto response = get_found(url);
  if (!response) return std::nullopt;
  auto answer = rdap::read_answer(response->body, subject_.address);
  if (!answer) {
    note(url, "200, but " + answer.error().message, true);
    return std::nullopt;
  }
  take(*answer, *response);
  return std::move(*answer);
}

void RdapWay::take(const rdap::Answer& answer, const http::Response& response) {
  auto url = response.redirects.empty() ? response.url : response.redirects.front();
  auto from = host_of(response.url);
  auto summary = summary_of(answer.registration);
  if (!response.redirects.empty()) summary += ", by redirect from " + response.url;
  note(url, std::move(summary), false);
  told_.findings.push_back({registration::Source::rdap, std::move(from), answer.registration});
}

// Nothing registered there is an answer, too; what else is no answer is trouble.
std::optional<http::Response> RdapWay::get_found(const std::string& url) {
  auto response = get(url);
  if (!response || response->status == kOk) return response;
  note(url, words_of(*response), response->status != kNotFound);
  return std::nullopt;
}

// The final response about one URL, unless it asks us to come back later.
std::optional<http::Response> RdapWay::get(const std::string& url) {
  if (!asked_.insert(url.substr(0, url.find('#'))).second || is_spent(url)) return std::nullopt;
  auto response = exchange(url, host_of(url));
  if (!response) {
    note(url, response.error().message, true);
    return std::nullopt;
  }
  if (!asks_for_a_pause(*response)) return std::move(*response);
  leave_alone(*response);
  auto outcome = words_of(*response);
  if (response->retry_after)
    outcome += ", to come back in " + std::to_string(response->retry_after->count()) + " s";
  note(url, outcome + ": not asked again", true);
  return std::nullopt;
}

// Said once: who names a hundred more servers is not to be told of each.
bool RdapWay::is_spent(const std::string& url) {
  bool no_time = Clock::now() >= deadline_;
  if (requests_ > 0 && !no_time) return false;
  if (!std::exchange(told_of_end_, true))
    note(url,
         no_time ? "not asked: no time is left"
                 : "not asked: " + std::to_string(limits::kHttpRequests) + " requests were made",
         true);
  return true;
}

Expected<http::Response> RdapWay::exchange(const std::string& url, const std::string& server) {
  const auto& limits = is_typed(url) ? kTypedPace : kPublicPace;
  auto turn = servers_.pace.enter(server, limits, deadline_);
  if (!turn) return fail(turn.error());
  http::Request request{.url = url, .typed = is_typed(url), .accept = kMediaTypes};
  request.redirects = std::min(limits::kHttpRedirects, requests_ - 1);
  unsigned made = 0;
  request.made = &made;
  auto response =
      servers_.client.get(request, subject_.resolver, end_of_one(servers_.options, deadline_));
  requests_ -= std::min(requests_, std::max(made, 1U));
  servers_.pace.answered(server, response && response->status < kServerErrors);
  return response;
}

// RFC 9110 section 10.2.3, RFC 7480 section 5.5. A run is too short to come back in; who sent us
// there would send us there again.
void RdapWay::leave_alone(const http::Response& response) {
  auto server = host_of(response.url);
  servers_.pace.close(server, std::string(kComeLater));
  for (const auto& url : response.redirects)
    servers_.pace.close(host_of(url),
                        "not asked: it sends us to " + server + ", which asked us to come later");
}

void RdapWay::note(const std::string& url, std::string outcome, bool failed) {
  if (failed) told_.fail(host_of(url) + ": " + outcome);
  told_.steps.push_back({"GET " + url, std::move(outcome), failed});
}

bool RdapWay::is_typed(std::string_view url) const {
  const auto& base = servers_.options.rdap_base;
  return !base.empty() && origin_of(url) == origin_of(base);
}

}  // namespace mailtrust::abuse
