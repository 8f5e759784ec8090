#pragma once
// What all questions to registries share in a run.

#include <chrono>
#include <string>
#include <string_view>

#include "abuse/finder.hpp"
#include "abuse/pace.hpp"
#include "http/client.hpp"

namespace mailtrust::abuse {

struct Servers {
  const Options& options;
  http::Client client;
  Pace pace;
};

/// Scheme, host and port of a URL, in lower case: "https://rdap.example:8443".
std::string origin_of(std::string_view url);

/// Host and port without the scheme, for people: "rdap.example:8443".
std::string host_of(std::string_view url);

/// Does it ask us to come back later? RFC 6585 section 4 (429), RFC 9110 section 10.2.3.
bool asks_for_a_pause(const http::Response& response);

/// What whoever would ask such a server again is told.
inline constexpr std::string_view kComeLater = "not asked: it asked us to come back later";

/// When a question that starts now must have ended.
Clock::time_point end_of_one(const Options& options, Clock::time_point deadline);

}  // namespace mailtrust::abuse
