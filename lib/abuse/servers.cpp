#include "abuse/servers.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::abuse {
namespace {

constexpr std::string_view kAuthority = "://";
constexpr long kTooManyRequests = 429;
constexpr long kUnavailable = 503;

}  // namespace

std::string origin_of(std::string_view url) {
  auto scheme = url.find(kAuthority);
  if (scheme == std::string_view::npos) return {};
  auto end = url.find_first_of("/?#", scheme + kAuthority.size());
  return ascii::to_lower(url.substr(0, end));
}

std::string host_of(std::string_view url) {
  auto origin = origin_of(url);
  auto scheme = origin.find(kAuthority);
  return scheme == std::string::npos ? origin : origin.substr(scheme + kAuthority.size());
}

bool asks_for_a_pause(const http::Response& response) {
  return response.status == kTooManyRequests ||
         (response.status == kUnavailable && response.retry_after);
}

Clock::time_point end_of_one(const Options& options, Clock::time_point deadline) {
  return std::min(Clock::now() + options.timeout, deadline);
}

}  // namespace mailtrust::abuse
