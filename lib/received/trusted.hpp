#pragma once
// The servers whose word is believed although they are not ours to see: relays, gateways, backup
// MXs, given as prefixes and as host names.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "net/prefix_set.hpp"

namespace mailtrust::received {

class Trusted {
 public:
  /// A prefix, an address, a host name ("mx.example.net"), or all names below one
  /// (".example.net"). An Error of kind input quotes the text; `where` is left empty.
  Expected<void> add(std::string_view text);

  void add(const net::PrefixSet& prefixes);

  void add(const Trusted& others);

  [[nodiscard]] bool contains(const net::Address& address) const;

  /// `name`: from reverse DNS, verified by whoever wrote it. Without case and final dot.
  [[nodiscard]] bool contains_host(std::string_view name) const;

  [[nodiscard]] const net::PrefixSet& prefixes() const { return prefixes_; }

 private:
  void add_host(std::string host);

  net::PrefixSet prefixes_;
  std::vector<std::string> hosts_;  ///< sorted, lower case; those below a name begin with '.'
};

}  // namespace mailtrust::received
