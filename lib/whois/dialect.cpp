// Whom to ask, and how.
#include "base/ascii.hpp"
#include "registration/blocks.hpp"
#include "whois/answer.hpp"

namespace mailtrust::whois {
namespace {

struct Dialect {
  std::string_view server;
  std::string_view before;
  std::string_view after;
};

constexpr Dialect kDialects[] = {
#include "whois/dialects.inc"
};

constexpr std::string_view kRoot = "whois.iana.org";  // refers to the registries

}  // namespace

Server first_server(const net::Address& address) {
  Server server;
  const auto* registry = registration::regional_registry_of(address);
  server.host = registry ? registry->whois : kRoot;
  return server;
}

std::string query_for(const Server& server, const net::Address& address) {
  auto text = to_string(address.unmapped());
  if (server.typed || server.rwhois) return text;
  for (const auto& dialect : kDialects)
    if (ascii::iequals(server.host, dialect.server))
      return std::string(dialect.before) + text + std::string(dialect.after);
  return text;
}

}  // namespace mailtrust::whois
