#include "http/client.hpp"

#include <algorithm>
#include <mutex>

#include "base/escape.hpp"
#include "base/time_text.hpp"
#include "dns/host.hpp"
#include "http/curl_exchange.hpp"
#include "http/curl_url.hpp"

namespace mailtrust::http {
namespace {

// RFC 9110 section 15.4: those that say "ask there instead".
bool is_redirect(const Answer& answer) {
  constexpr std::array kStatuses{301L, 302L, 303L, 307L, 308L};
  return std::ranges::find(kStatuses, answer.status) != kStatuses.end() && !answer.location.empty();
}

std::string origin_of(const Url& url) {
  return url.scheme + ' ' + url.host + ' ' + std::to_string(url.port);
}

}  // namespace

/// Handles that are not in use, with their open connections.
class Client::Impl {
 public:
  /// The one that was there last, if there is one.
  Expected<std::unique_ptr<Exchanger>> take(const std::string& origin);

  void give_back(const std::string& origin, std::unique_ptr<Exchanger> exchanger);

 private:
  struct Idle {
    std::string origin;
    std::unique_ptr<Exchanger> exchanger;
  };

  std::mutex mutex_;
  std::vector<Idle> idle_;
};

Expected<std::unique_ptr<Exchanger>> Client::Impl::take(const std::string& origin) {
  std::lock_guard lock(mutex_);
  if (idle_.empty()) return Exchanger::make();
  auto same = [&](const Idle& idle) { return idle.origin == origin; };
  auto found = std::ranges::find_if(idle_, same);
  if (found == idle_.end()) --found;
  auto exchanger = std::move(found->exchanger);
  idle_.erase(found);
  return exchanger;
}

void Client::Impl::give_back(const std::string& origin, std::unique_ptr<Exchanger> exchanger) {
  std::lock_guard lock(mutex_);
  idle_.push_back({origin, std::move(exchanger)});
}

namespace {

/// One get(), from redirect to redirect.
class Journey {
 public:
  Journey(const Request& request, dns::Resolver& resolver, Clock::time_point deadline,
          Client::Impl& pool)
      : request_(request),
        resolver_(resolver),
        started_(Clock::now()),
        deadline_(deadline),
        pool_(pool) {}

  Expected<Response> run();

 private:
  Expected<void> go_to(std::string_view location);
  [[nodiscard]] Expected<void> check(std::string_view text, const Url& url) const;
  [[nodiscard]] Expected<void> check_count(std::string_view location) const;
  Expected<Answer> ask();
  [[nodiscard]] Response arrived(Answer answer);

  [[nodiscard]] bool is_typed(const Url& url) const {
    return request_.typed && (url_.text.empty() || url.same_origin(typed_));
  }

  [[nodiscard]] Unexpected trouble(std::string message) const;

  const Request& request_;
  dns::Resolver& resolver_;
  Clock::time_point started_;
  Clock::time_point deadline_;
  Client::Impl& pool_;
  Url typed_;  // the first one
  Url url_;    // where we are
  std::vector<std::string> redirects_;
};

Unexpected Journey::trouble(std::string message) const {
  if (Clock::now() >= deadline_) message = "timed out after " + time_text(deadline_ - started_);
  return fail(Error::Kind::temporary, url_.text.empty() ? request_.url : url_.text,
              std::move(message));
}

Expected<void> Journey::check(std::string_view text, const Url& url) const {
  if (url.scheme == "https" || is_typed(url)) return {};
  if (url_.text.empty()) return trouble("http is not allowed here, only https");
  return trouble("redirected to " + quote(text) + ", which is not allowed: only https is");
}

Expected<void> Journey::check_count(std::string_view location) const {
  if (redirects_.size() < request_.redirects) return {};
  if (request_.redirects == 0)
    return trouble("redirected to " + quote(location) + ", which is not followed here");
  return trouble("more than " + std::to_string(request_.redirects) + " redirects");
}

Expected<void> Journey::go_to(std::string_view location) {
  auto url = read_url(location, url_.text);
  if (!url) return trouble((url_.text.empty() ? "" : "redirected to ") + url.error().message);
  if (auto allowed = check(location, *url); !allowed) return allowed;
  if (url_.text.empty()) {
    typed_ = *url;
  } else {
    redirects_.push_back(url_.text);
    if (std::ranges::find(redirects_, url->text) != redirects_.end())
      return trouble("redirected in a circle");
  }
  url_ = std::move(*url);
  return {};
}

Expected<Answer> Journey::ask() {
  bool anywhere = is_typed(url_);
  auto addresses = dns::host_addresses(url_.host, resolver_, deadline_);
  if (addresses && !anywhere) addresses = dns::only_public(std::move(*addresses));
  if (!addresses) return trouble(addresses.error().message);
  if (Clock::now() >= deadline_) return trouble({});
  if (request_.made != nullptr) ++*request_.made;
  auto origin = origin_of(url_);
  auto exchanger = pool_.take(origin);
  if (!exchanger) return fail(exchanger.error());
  auto answer = (*exchanger)
                    ->perform({url_, *addresses, anywhere, request_.accept, request_.if_none_match,
                               deadline_});
  pool_.give_back(origin, std::move(*exchanger));
  if (!answer) return trouble(answer.error().message);
  return answer;
}

Response Journey::arrived(Answer answer) {
  Response response;
  response.status = answer.status;
  response.body = std::move(answer.body);
  response.content_type = std::move(answer.content_type);
  response.etag = std::move(answer.etag);
  response.retry_after = answer.retry_after;
  response.url = url_.text;
  response.redirects = std::move(redirects_);
  return response;
}

Expected<Response> Journey::run() {
  if (request_.made != nullptr) *request_.made = 0;
  if (auto begun = go_to(request_.url); !begun) return fail(begun.error());
  while (true) {
    auto answer = ask();
    if (!answer) return fail(answer.error());
    if (!is_redirect(*answer)) return arrived(std::move(*answer));
    if (auto allowed = check_count(answer->location); !allowed) return fail(allowed.error());
    if (auto moved = go_to(answer->location); !moved) return fail(moved.error());
  }
}

}  // namespace

Client::Client() : impl_(std::make_unique<Impl>()) {}

Client::~Client() = default;

Expected<Response> Client::get(const Request& request, dns::Resolver& resolver,
                               Clock::time_point deadline) {
  return Journey(request, resolver, deadline, *impl_).run();
}

}  // namespace mailtrust::http
