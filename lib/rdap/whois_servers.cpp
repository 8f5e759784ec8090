#include "rdap/whois_servers.hpp"

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"
#include "rdap/contacts.hpp"

namespace mailtrust::rdap {
namespace {

using json::Value;

constexpr std::size_t kMaxServers = 8;

bool is_server_octet(char c) {
  return ascii::is_alnum(c) || c == '.' || c == '-' || c == ':' || c == '/';
}

// "whois.nic.ad.jp", "rwhois.isp.example:4321", "rwhois://..." in a remark.
void add_servers(std::string_view text, std::vector<std::string>& servers) {
  for (auto at = text.find("whois"); at != std::string_view::npos; at = text.find("whois", at)) {
    auto begin = at > 0 && text[at - 1] == 'r' ? at - 1 : at;
    auto end = at;
    while (end < text.size() && end - at < 256 && is_server_octet(text[end])) ++end;
    auto server = text.substr(begin, end - begin);
    while (server.ends_with('.') || server.ends_with(':')) server.remove_suffix(1);
    bool is_path = begin > 0 && is_server_octet(text[begin - 1]);
    bool is_name = text.compare(at + 5, 1, ".") == 0 || text.compare(at + 5, 3, "://") == 0;
    bool is_new = std::ranges::find(servers, server) == servers.end();
    if (!is_path && is_name && is_new && server.size() > 8 && servers.size() < kMaxServers)
      servers.emplace_back(server);
    at = end;
  }
}

}  // namespace

std::vector<std::string> whois_servers(const Value& network) {
  std::vector<std::string> servers;
  for (const auto& remark : network["remarks"].items()) add_servers(text_of(remark), servers);
  std::string port43(ascii::trim(network["port43"].text()));
  if (!port43.empty() && port43.size() <= 255 &&
      std::ranges::find(servers, port43) == servers.end())
    servers.push_back(std::move(port43));
  return servers;
}

}  // namespace mailtrust::rdap
