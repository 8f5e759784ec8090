#include "dns/server.hpp"

#include <fstream>
#include <optional>

#include <net/if.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"

namespace mailtrust::dns {
namespace {

constexpr std::size_t kMaxServers = 3;          // MAXNS of resolv.h
constexpr std::streamsize kMaxFile = 64 << 10;  // more is no resolv.conf

std::optional<Server> read_address(std::string_view text) {
  Server server;
  auto percent = text.find('%');
  auto address = net::Address::read(text.substr(0, percent));
  if (!address) return std::nullopt;
  server.address = *address;
  if (percent == std::string_view::npos) return server;
  server.zone = text.substr(percent + 1);
  if (address->is_v4() || server.zone.empty() || server.zone.size() >= IF_NAMESIZE)
    return std::nullopt;
  return server;
}

// Cuts `text` into address and port. The port is empty when there is none.
bool split_port(std::string_view text, std::string_view& address, std::string_view& port) {
  if (text.starts_with('[')) {
    auto close = text.find(']');
    if (close == std::string_view::npos) return false;
    address = text.substr(1, close - 1);
    auto rest = text.substr(close + 1);
    if (rest.empty()) return true;
    port = rest.substr(1);
    return rest.front() == ':' && !port.empty();
  }
  auto colon = text.find(':');
  bool has_port = colon != std::string_view::npos && text.find(':', colon + 1) == text.npos;
  address = has_port ? text.substr(0, colon) : text;
  port = has_port ? text.substr(colon + 1) : std::string_view();
  return !has_port || !port.empty();
}

std::optional<Server> read_server(std::string_view text) {
  std::string_view address;
  std::string_view port;
  if (!split_port(text, address, port)) return std::nullopt;
  auto server = read_address(address);
  if (!server || port.empty()) return server;
  auto number = parse_number<std::uint16_t>(port);
  if (!number || *number == 0) return std::nullopt;
  server->port = *number;
  return server;
}

}  // namespace

Expected<Server> parse_server(std::string_view text) {
  if (auto server = read_server(text)) return *server;
  return fail(Error::Kind::usage, "",
              quote(text) +
                  ": not a resolver; expected an address such as 192.0.2.53, 192.0.2.53:5353 or "
                  "[2001:db8::53]:5353");
}

std::string to_string(const Server& server) {
  auto host = to_string(server.address);
  if (!server.zone.empty()) host += '%' + server.zone;
  if (!server.address.is_v4()) host = '[' + host + ']';
  return host + ':' + std::to_string(server.port);
}

std::vector<Server> system_servers(const std::string& path) {
  std::vector<Server> servers;
  std::ifstream file(path);
  std::string text(kMaxFile, '\0');
  file.read(text.data(), kMaxFile);
  text.resize(static_cast<std::size_t>(file.gcount()));
  for (auto line : ascii::split(text, '\n')) {
    constexpr std::string_view kKeyword = "nameserver";
    if (!line.starts_with(kKeyword)) continue;
    line.remove_prefix(kKeyword.size());
    if (line.empty() || !ascii::is_space(line.front())) continue;
    line = ascii::trim(line);
    auto end = line.find_first_of(" \t#;");
    if (auto server = read_address(line.substr(0, end))) servers.push_back(*server);
    if (servers.size() == kMaxServers) break;
  }
  if (servers.empty()) servers.push_back({*net::Address::read("127.0.0.1"), 53, {}});
  return servers;
}

}  // namespace mailtrust::dns
