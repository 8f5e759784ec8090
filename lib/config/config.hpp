#pragma once
// The configuration file: what does not change from run to run. A setting a line, a word and its
// values: "resolver 192.0.2.53", "key spamhaus-dqs ABCDEF". `#` in front of a word begins a
// comment. mailtrust.conf(5) is the manual.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "dns/server.hpp"
#include "received/trusted.hpp"

namespace mailtrust::config {

/// Whom a key may be for: the services of the table of block lists (dnsbl/zones.inc).
inline constexpr std::array<std::string_view, 4> kServices = {"abusix", "invaluement",
                                                              "spamhaus-dqs", "spamrats"};

/// May this be a key? It becomes a label of a domain name (RFC 1035 section 2.3.4).
bool is_key(std::string_view text);

struct Setting {
  std::string value;
  std::string where;  ///< FILE:LINE:COLUMN of the value
};

struct Config {
  std::vector<dns::Server> resolvers;   ///< in the order they stand in; empty: the system's
  received::Trusted trusted;            ///< relays whose word is believed
  std::map<std::string, Setting> keys;  ///< by service, one of kServices
  std::string store;                    ///< an absolute path; empty: the usual place
};

/// Every bad line is an Error of kind input, with FILE:LINE:COLUMN: an unknown word or service, a
/// value that is missing or none of its kind, a second `store` or key for one service, a line over
/// its limit. Never quotes a key.
ExpectedOrErrors<Config> parse(std::string_view text, std::string_view file);

/// The settings of both: resolvers, store and the key for a service are those of `near` where it
/// has any, trusted are all.
Config merge(Config near, const Config& far);

/// The file for everybody on this system.
inline constexpr std::string_view kSystemFile = "/etc/mailtrust.conf";

/// Reads `named`; when that is empty, what $MAILTRUST_CONFIG names; no other file then, and it must
/// be there. Without either: the user's own file, $XDG_CONFIG_HOME/mailtrust/mailtrust.conf
/// (~/.config), merged over `system`, where it is no mistake that there is none, but one (kind
/// input) that everybody may write to it, or that it belongs to neither this user nor root.
ExpectedOrErrors<Config> load(const std::string& named,
                              const std::string& system = std::string(kSystemFile));

}  // namespace mailtrust::config
