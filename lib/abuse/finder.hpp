#pragma once
// Who answers for an address: the registries' RDAP and whois, the abuse contact zone of DNS, the
// name of the address, in this order, until a contact is found that is worth writing to.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "dns/resolver.hpp"
#include "net/prefix_set.hpp"
#include "registration/registration.hpp"
#include "whois/exchange.hpp"

namespace mailtrust::abuse {

using Clock = std::chrono::steady_clock;

/// A question that was asked outside of DNS, and how it ended: a receipt.
struct Step {
  std::string
      question;  ///< "GET https://rdap.arin.net/registry/ip/192.0.2.1", "whois.ripe.net: 192.0.2.1"
  std::string outcome;  ///< "200, NET-192-0-2-0-1", "timed out after 5 s"
  bool failed = false;  ///< no answer: what it would have said is not known
};

struct Answer {
  net::Address address;               ///< unmapped
  std::optional<net::Range> network;  ///< the narrowest registered one
  std::string name;                   ///< of the network
  std::string organization;
  std::string country;  ///< ISO 3166-1 alpha-2, upper case
  std::optional<std::int64_t> registered;
  std::vector<registration::Contact> contacts;  ///< best first
  std::vector<Step> steps;                      ///< in order
  std::vector<std::string> trouble;     ///< what could not be asked or told, a sentence each
  std::string internal;                 ///< why nobody was asked: "loopback (RFC 1122)"; else empty
  bool offline = false;                 ///< no registry was asked: Options::offline, none typed
  std::optional<std::int64_t> fetched;  ///< answered from the cache: of when
  /// The day of the table of registries that was asked by, where a newer one was not to be had.
  std::string old_bootstrap;
  /// Something failed that might have named a (better) contact: "none" is then not known.
  bool could_not_tell = false;
};

enum class Want { network, contacts };

struct Options {
  std::string rdap_base = {};  ///< as typed; empty: by the bootstrap registry
  /// As typed: where ipv4.json and ipv6.json of the bootstrap registry are, with the final slash;
  /// empty: at IANA.
  std::string bootstrap_base = {};
  std::optional<whois::Server> whois_server = {};  ///< as typed
  std::string store = {};                          ///< the path of the store; empty: no cache
  std::int64_t now = 0;                            ///< Unix seconds
  std::chrono::milliseconds timeout{5000};         ///< one exchange
  /// Only DNS and what was typed may be asked: the Internet is not there (--zone).
  bool offline = false;
};

/// One for a run. Thread-safe: several find() at once ask once for what one network's answer tells
/// all of them.
class Finder {
 public:
  explicit Finder(Options options);
  Finder(const Finder&) = delete;
  Finder& operator=(const Finder&) = delete;
  ~Finder();

  /// Ends by the deadline with what was learned so far.
  Answer find(const net::Address& address, Want want, dns::Resolver& resolver,
              Clock::time_point deadline);

  /// Puts what was learned into the store; once, at the end. The Error says why it could not.
  Expected<void> keep();

  class Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::abuse
