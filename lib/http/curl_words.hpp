#pragma once
// What went wrong in an exchange, for people.

#include <string>
#include <string_view>

#include "http/curl_api.hpp"

namespace mailtrust::http {

/// One lower-case line. `detail` is what libcurl put into its error buffer, `number` the errno of
/// the failed system call, or 0.
std::string words(const CurlApi& api, CURLcode code, std::string_view detail, long number);

}  // namespace mailtrust::http
