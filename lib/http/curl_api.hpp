#pragma once
// libcurl, loaded by the first request: its start alone would cost every run of the program more
// than the rest of it. Only lib/http/curl_*.cpp include this.

#include <curl/curl.h>

#include "base/expected.hpp"

namespace mailtrust::http {

/// The functions of libcurl that we use, under their own names.
struct CurlApi {
  decltype(&::curl_global_init) global_init = nullptr;
  decltype(&::curl_easy_init) easy_init = nullptr;
  decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&::curl_easy_reset) easy_reset = nullptr;
  decltype(&::curl_easy_perform) easy_perform = nullptr;
  decltype(&::curl_easy_strerror) easy_strerror = nullptr;
  CURLcode (*easy_setopt)(CURL*, CURLoption, ...) = nullptr;
  CURLcode (*easy_getinfo)(CURL*, CURLINFO, ...) = nullptr;
  decltype(&::curl_slist_append) slist_append = nullptr;
  decltype(&::curl_slist_free_all) slist_free_all = nullptr;
  decltype(&::curl_url) url = nullptr;
  decltype(&::curl_url_cleanup) url_cleanup = nullptr;
  decltype(&::curl_url_get) url_get = nullptr;
  decltype(&::curl_url_set) url_set = nullptr;
  decltype(&::curl_getdate) getdate = nullptr;
  decltype(&::curl_free) free = nullptr;
};

/// Loads and starts libcurl at the first call. Thread-safe. The Error, temporary, names the package
/// that is missing; it stays for the whole run.
const Expected<CurlApi>& curl_api();

}  // namespace mailtrust::http
