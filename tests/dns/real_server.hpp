#pragma once
// nsd, knot and unbound on loopback, as little of them as a test needs.

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "dns/cares_resolver.hpp"
#include "support/process.hpp"

namespace mailtrust::dns::test {

/// The path of a system program; nothing when it is not installed.
inline std::optional<std::string> program(const std::string& name) {
  for (const char* directory : {"/usr/sbin/", "/usr/bin/", "/usr/local/sbin/"})
    if (std::filesystem::exists(directory + name)) return directory + name;
  return std::nullopt;
}

/// A running server with a directory for its files.
class RealServer {
 public:
  /// `configuration` and `arguments` may hold @DIR@, @PORT@ and @CONF@.
  RealServer(const std::string& executable, const std::vector<std::string>& arguments,
             const std::string& zone, const std::string& configuration)
      : port_(mailtrust::test::free_port()) {
    directory_.write("zone", zone);
    configuration_ = directory_.write("conf", filled(configuration));
    std::vector<std::string> words{executable};
    for (const auto& argument : arguments) words.push_back(filled(argument));
    process_.emplace(words, directory_.path() + "/log");
  }

  [[nodiscard]] Server server() const { return {*net::Address::read("127.0.0.1"), port_, {}}; }

  /// Asks until it says anything, for ten seconds at most.
  [[nodiscard]] bool is_up() const {
    for (int i = 0; i < 100; ++i) {
      CaresResolver resolver({{server()}, std::chrono::milliseconds(100), 1});
      auto answer = resolver.query({*Name::read("example.org"), Type::soa});
      if (answer->status == Status::found) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }

 private:
  std::string filled(std::string text) const {
    replace(text, "@DIR@", directory_.path());
    replace(text, "@PORT@", std::to_string(port_));
    replace(text, "@CONF@", configuration_);
    return text;
  }

  static void replace(std::string& text, const std::string& what, const std::string& by) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
      text.replace(at, what.size(), by);
  }

  mailtrust::test::TemporaryDirectory directory_;
  std::uint16_t port_;
  std::string configuration_;
  std::optional<mailtrust::test::Process> process_;
};

inline RealServer nsd(const std::string& executable, const std::string& zone) {
  return {executable, {"-d", "-c", "@CONF@"}, zone, R"(
server:
  ip-address: 127.0.0.1@@PORT@
  username: ""
  chroot: ""
  zonesdir: "@DIR@"
  database: ""
  pidfile: "@DIR@/pid"
  xfrdfile: "@DIR@/xfrd"
  xfrdir: "@DIR@"
  zonelistfile: "@DIR@/zones"
  logfile: "@DIR@/log"
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "example.org"
  zonefile: "zone"
)"};
}

inline RealServer knot(const std::string& executable, const std::string& zone) {
  return {executable, {"-c", "@CONF@"}, zone, R"(
server:
  rundir: "@DIR@"
  listen: 127.0.0.1@@PORT@
database:
  storage: "@DIR@"
zone:
  - domain: example.org
    storage: "@DIR@"
    file: zone
    zonefile-sync: -1
    journal-content: none
)"};
}

/// Forwards example.org to `authority`, and silent.example and refusing.example to two others.
inline RealServer unbound(const std::string& executable, const Server& authority,
                          const Server& silent, const Server& refusing) {
  auto forward = [](const std::string& zone, const Server& server) {
    return "forward-zone:\n  name: \"" + zone + "\"\n  forward-addr: 127.0.0.1@" +
           std::to_string(server.port) + '\n';
  };
  return {executable,
          {"-d", "-c", "@CONF@"},
          "",
          R"(
server:
  directory: "@DIR@"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  interface: 127.0.0.1
  port: @PORT@
  num-threads: 1
  do-not-query-localhost: no
  module-config: "iterator"
remote-control:
  control-enable: no
)" + forward("example.org", authority) +
              forward("silent.example", silent) + forward("refusing.example", refusing)};
}

}  // namespace mailtrust::dns::test
