#include "whois/exchange.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/time_text.hpp"
#include "dns/host.hpp"
#include "net/tcp_connection.hpp"

namespace mailtrust::whois {
namespace {

constexpr std::uint16_t kWhoisPort = 43;
constexpr std::uint16_t kRwhoisPort = 4321;
constexpr std::size_t kLongestQuery = 512;

Unexpected trouble(const Server& server, std::string message) {
  return fail(Error::Kind::temporary, to_string(server), std::move(message));
}

// RFC 3912 section 2: one line. What a query is made of may have come from an answer.
bool is_one_line(std::string_view query) {
  auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return query.size() <= kLongestQuery && std::ranges::none_of(query, is_control);
}

struct HostAndPort {
  std::string_view host;
  std::optional<std::string_view> port = {};
};

std::optional<HostAndPort> split_port(std::string_view text) {
  if (text.starts_with('[')) {
    auto close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    auto host = text.substr(1, close - 1);
    auto rest = text.substr(close + 1);
    if (host.find(':') == std::string_view::npos) return std::nullopt;
    if (rest.empty()) return HostAndPort{host};
    if (rest.front() != ':') return std::nullopt;
    return HostAndPort{host, rest.substr(1)};
  }
  auto colon = text.find(':');
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
    return HostAndPort{text};
  return HostAndPort{text.substr(0, colon), text.substr(colon + 1)};
}

std::optional<Server> read_server(std::string_view text) {
  auto parts = split_port(text);
  if (!parts) return std::nullopt;
  auto host = dns::read_host(parts->host);
  auto port = parts->port ? parse_number<std::uint16_t>(*parts->port) : kWhoisPort;
  if (!host || port.value_or(0) == 0) return std::nullopt;
  Server server{std::move(*host), *port};
  server.rwhois = server.port == kRwhoisPort;
  return server;
}

/// One conversation with a server, up to a deadline.
class Exchange {
 public:
  Exchange(const Server& server, Clock::time_point deadline)
      : server_(server), started_(Clock::now()), deadline_(deadline) {}

  Expected<Reply> run(std::string_view query, const std::vector<net::Address>& addresses);

 private:
  Expected<net::TcpConnection> connect(const std::vector<net::Address>& addresses) const;
  [[nodiscard]] std::string in_words(const Error& error) const;

  void cut(std::string why) { reply_.cut = trouble(server_, std::move(why)).value(); }

  void greet(net::TcpConnection& connection);
  void read_rest(net::TcpConnection& connection);
  bool read_some(net::TcpConnection& connection, Clock::time_point until);
  [[nodiscard]] bool has_ended() const;

  const Server& server_;
  Clock::time_point started_;
  Clock::time_point deadline_;
  Reply reply_;
  std::size_t answer_begins_ = 0;  // behind the greeting
};

// A server that does not answer at one address leaves time for the next one.
Expected<net::TcpConnection> Exchange::connect(const std::vector<net::Address>& addresses) const {
  std::optional<Error> first;
  auto left = static_cast<long>(addresses.size());
  for (const auto& address : addresses) {
    auto until = Clock::now() + (deadline_ - Clock::now()) / left--;
    auto connection =
        net::TcpConnection::connect({address, server_.port}, to_string(server_), until);
    if (connection) return connection;
    if (!first) first = connection.error();
  }
  return fail(std::move(*first));
}

std::string Exchange::in_words(const Error& error) const {
  return Clock::now() < deadline_ ? error.message
                                  : "timed out after " + time_text(deadline_ - started_);
}

Expected<Reply> Exchange::run(std::string_view query, const std::vector<net::Address>& addresses) {
  auto connection = connect(addresses);
  if (!connection) return trouble(server_, in_words(connection.error()));
  if (server_.rwhois) greet(*connection);
  if (reply_.cut) return std::move(reply_);
  answer_begins_ = reply_.text.size();
  if (auto sent = connection->write(std::string(query) + "\r\n", deadline_); !sent) {
    cut(in_words(sent.error()));
  } else {
    read_rest(*connection);
  }
  return std::move(reply_);
}

// RFC 2167 section 3.1: "%rwhois ..." comes first. Port 4321 is no proof that it will, so a server
// that waits for us is spoken to when a quarter of the time is over.
void Exchange::greet(net::TcpConnection& connection) {
  auto until = Clock::now() + (deadline_ - Clock::now()) / 4;
  while (reply_.text.find('\n') == std::string::npos && Clock::now() < until)
    if (!read_some(connection, until)) break;
  if (reply_.cut && Clock::now() >= until) reply_.cut.reset();
}

void Exchange::read_rest(net::TcpConnection& connection) {
  while (!has_ended())
    if (!read_some(connection, deadline_)) return;
}

// False when there will be no more; reply_.cut says so unless the server has just closed.
bool Exchange::read_some(net::TcpConnection& connection, Clock::time_point until) {
  std::array<char, 16 << 10> buffer{};
  auto got = connection.read(buffer, until);
  if (!got) {
    cut(in_words(got.error()));
  } else if (*got == 0) {
    if (reply_.text.empty()) cut("closed the connection without an answer");
  } else {
    auto room = limits::kWhoisAnswer - reply_.text.size();
    reply_.text.append(buffer.data(), std::min(room, *got));
    if (*got > room) cut("answer larger than 1 MiB");
  }
  return got && *got != 0 && !reply_.cut;
}

// RFC 2167 section 3.3: the last line of a response is "%ok" or "%error"; the connection may stay.
bool Exchange::has_ended() const {
  if (!server_.rwhois) return false;
  auto text = std::string_view(reply_.text).substr(answer_begins_);
  if (!text.ends_with('\n')) return false;
  text.remove_suffix(1);
  auto line = text.substr(text.rfind('\n') + 1);
  return line.starts_with("%ok") || line.starts_with("%error");
}

}  // namespace

Expected<Server> parse_server(std::string_view text) {
  if (auto server = read_server(text)) return *server;
  return fail(Error::Kind::usage, "",
              quote(text) +
                  ": not a whois server; expected a host such as whois.example.net, "
                  "whois.example.net:4343 or [2001:db8::43]:4343");
}

std::string to_string(const Server& server) {
  if (server.port == kWhoisPort) return server.host;
  bool is_v6 = server.host.find(':') != std::string::npos;
  auto host = is_v6 ? '[' + server.host + ']' : server.host;
  return host + ':' + std::to_string(server.port);
}

Expected<Reply> ask(const Server& server, std::string_view query, dns::Resolver& resolver,
                    Clock::time_point deadline) {
  if (!is_one_line(query)) return trouble(server, quote(query) + ": not a query of one line");
  Exchange exchange(server, deadline);
  auto addresses = dns::host_addresses(server.host, resolver, deadline);
  if (addresses && !server.typed) addresses = dns::only_public(std::move(*addresses));
  if (!addresses) return trouble(server, addresses.error().message);
  return exchange.run(query, *addresses);
}

}  // namespace mailtrust::whois
