#include "http/curl_url.hpp"

#include <memory>
#include <optional>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "dns/host.hpp"
#include "http/curl_api.hpp"

namespace mailtrust::http {
namespace {

Unexpected refused(std::string_view text, std::string_view why) {
  return fail(Error::Kind::temporary, "", quote(text) + ": " + std::string(why));
}

class Handle {
 public:
  explicit Handle(const CurlApi& api) : api_(api), url_(api.url(), api.url_cleanup) {}

  bool set(CURLUPart part, const std::string& text, unsigned flags = 0) {
    return api_.url_set(url_.get(), part, text.c_str(), flags) == CURLUE_OK;
  }

  // Empty when there is none.
  [[nodiscard]] std::string get(CURLUPart part, unsigned flags = 0) const {
    char* text = nullptr;
    if (api_.url_get(url_.get(), part, &text, flags) != CURLUE_OK) return {};
    std::unique_ptr<char, void (*)(void*)> owner(text, api_.free);
    return text;
  }

  void drop(CURLUPart part) { api_.url_set(url_.get(), part, nullptr, 0); }

 private:
  const CurlApi& api_;
  std::unique_ptr<CURLU, void (*)(CURLU*)> url_;
};

bool is_printable(std::string_view text) {
  for (char c : text)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) return false;
  return true;
}

// Lower case, an address without brackets; nothing for what is no host.
std::optional<std::string> host_of(const Handle& handle) {
  auto host = handle.get(CURLUPART_HOST);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  auto read = dns::read_host(host);
  if (!read) return std::nullopt;
  return ascii::to_lower(*read);
}

// To libcurl "127.1" is an address and "127.1." a name: it must not see another host than we did.
bool leads_to(const CurlApi& api, const Url& url) {
  Handle handle(api);
  return handle.set(CURLUPART_URL, url.text) && host_of(handle) == url.host;
}

}  // namespace

Expected<Url> read_url(std::string_view text, std::string_view base) {
  const auto& api = curl_api();
  if (!api) return fail(api.error());
  if (text.size() > limits::kHttpUrl) return refused(text, "a URL of more than 8 KiB");
  if (text.empty() || !is_printable(text)) return refused(text, "not a URL");
  Handle handle(*api);
  if (!base.empty() && !handle.set(CURLUPART_URL, std::string(base)))
    return refused(base, "not a URL");
  if (!handle.set(CURLUPART_URL, std::string(text), CURLU_NON_SUPPORT_SCHEME))
    return refused(text, "not a URL");

  Url url;
  url.scheme = ascii::to_lower(handle.get(CURLUPART_SCHEME));
  if (url.scheme != "http" && url.scheme != "https") return refused(text, "neither https nor http");
  if (!handle.get(CURLUPART_USER).empty() || !handle.get(CURLUPART_PASSWORD).empty())
    return refused(text, "a URL with a user name or password");
  auto host = host_of(handle);
  auto port = parse_number<std::uint16_t>(handle.get(CURLUPART_PORT, CURLU_DEFAULT_PORT));
  if (!host || port.value_or(0) == 0) return refused(text, "not a URL with a host");
  url.host = *host;
  url.port = *port;
  bool is_v6 = url.host.find(':') != std::string::npos;
  if (!handle.set(CURLUPART_HOST, is_v6 ? '[' + url.host + ']' : url.host))
    return refused(text, "not a URL with a host");
  handle.drop(CURLUPART_FRAGMENT);
  url.text = handle.get(CURLUPART_URL);
  if (!leads_to(*api, url)) return refused(text, "not a URL with a host");
  return url;
}

}  // namespace mailtrust::http
