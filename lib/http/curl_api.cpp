#include "http/curl_api.hpp"

#include "base/shared_library.hpp"

namespace mailtrust::http {
namespace {

bool find_all(const SharedLibrary& library, CurlApi& api) {
  return library.find("curl_global_init", api.global_init) &&
         library.find("curl_easy_init", api.easy_init) &&
         library.find("curl_easy_cleanup", api.easy_cleanup) &&
         library.find("curl_easy_reset", api.easy_reset) &&
         library.find("curl_easy_perform", api.easy_perform) &&
         library.find("curl_easy_strerror", api.easy_strerror) &&
         library.find("curl_easy_setopt", api.easy_setopt) &&
         library.find("curl_easy_getinfo", api.easy_getinfo) &&
         library.find("curl_slist_append", api.slist_append) &&
         library.find("curl_slist_free_all", api.slist_free_all) &&
         library.find("curl_url", api.url) && library.find("curl_url_cleanup", api.url_cleanup) &&
         library.find("curl_url_get", api.url_get) && library.find("curl_url_set", api.url_set) &&
         library.find("curl_getdate", api.getdate) && library.find("curl_free", api.free);
}

Expected<CurlApi> load() {
  constexpr const char* kFile = "libcurl.so.4";
  auto library = SharedLibrary::load(kFile, "libcurl4");
  if (!library) return fail(library.error());
  CurlApi api;
  if (!find_all(*library, api) || api.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return fail(Error::Kind::temporary, kFile, "this library is too old; 7.85 or newer is needed");
  return api;
}

}  // namespace

const Expected<CurlApi>& curl_api() {
  static const auto api = load();
  return api;
}

}  // namespace mailtrust::http
