#pragma once
// Which RDAP server answers for an address. RFC 9224 (IANA's bootstrap registries).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "net/address.hpp"

namespace mailtrust::rdap {

struct Service {
  net::Prefix prefix;
  std::string base;  ///< https URL, ends in '/'
};

class Bootstrap {
 public:
  /// The one built in, and the day it was published: "2019-06-07" (IPv4) and "2019-..." (IPv6).
  static const Bootstrap& built_in();

  /// The file of one family: https://data.iana.org/rdap/ipv4.json or ipv6.json. Services without an
  /// https URL are left out. An Error of kind temporary when the text is not such a file.
  static Expected<Bootstrap> parse(std::string_view json);

  /// Of the narrowest prefix; null where no service is named.
  [[nodiscard]] const Service* find(const net::Address& address) const;

  [[nodiscard]] const std::string& published() const { return published_; }

  [[nodiscard]] const std::vector<Service>& services() const { return services_; }

  /// Both families in one.
  void add(const Bootstrap& other);

 private:
  std::vector<Service> services_;  ///< in order of the prefix
  std::string published_;
};

}  // namespace mailtrust::rdap
