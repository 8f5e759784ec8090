#pragma once
// Which RDAP server answers for an address. RFC 9224 (IANA's bootstrap registries).

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "net/address.hpp"

namespace mailtrust::rdap {

/// Where the files are fetched; they are small (some 10 KiB) and change a few times a year.
inline constexpr std::string_view kBootstrapV4 = "https://data.iana.org/rdap/ipv4.json";
inline constexpr std::string_view kBootstrapV6 = "https://data.iana.org/rdap/ipv6.json";

struct Service {
  net::Prefix prefix;  ///< without host bits
  std::string base;    ///< https URL, ends in '/'
};

class Bootstrap {
 public:
  /// The one built in, of both families: registration/blocks.inc, of 2019.
  static const Bootstrap& built_in();

  /// The file of one family, or of both. Services without an https URL are left out, and prefixes
  /// that are none. An Error of kind temporary when the text is not such a file, or names none.
  static Expected<Bootstrap> parse(std::string_view json);

  /// Of the narrowest prefix; null where no service is named, and for special-purpose addresses,
  /// which nobody registers. Logarithmic in the services.
  [[nodiscard]] const Service* find(const net::Address& address) const;

  /// The day: "2019-06-07"; of several files the earliest.
  [[nodiscard]] const std::string& published() const { return published_; }

  [[nodiscard]] const std::vector<Service>& services() const { return services_; }

  /// Both families in one. Of one prefix the service of `other` counts.
  void add(const Bootstrap& other);

  /// `other` in place of all services of the families that it has: for a fetched file.
  void replace(const Bootstrap& other);

 private:
  void insert(net::Prefix prefix, std::string_view base);
  void put_in_order();

  std::vector<Service> services_;     ///< in order of the prefix
  std::vector<net::Prefix> lengths_;  ///< one prefix of each family and length, narrowest first
  std::string published_;
};

}  // namespace mailtrust::rdap
