#pragma once
// Whose a domain in a report is: the organization it belongs to, and the mail service that signs or
// takes bounces with it for everybody.

#include <memory>
#include <string>
#include <string_view>

#include "base/text_cache.hpp"
#include "provider/provider.hpp"

namespace mailtrust::report {

struct Party {
  /// The registrable domain, by the built-in Public Suffix List, in lower case; of what is no
  /// domain name the text itself.
  std::string organization;
  const provider::Provider* service = nullptr;  ///< null: not one that is known
};

/// By its own name a service signs and takes bounces for those customers who did not set up theirs
/// (signers.inc); else by the names in the provider table.
const provider::Provider* service_of(std::string_view domain);

/// Parties by their domain, each found out once. Thread-safe, bounded.
class Parties {
 public:
  Parties() : known_(kMost, kMostOctets) {}

  /// Never null. `domain` in lower case.
  std::shared_ptr<const Party> get(std::string_view domain);

 private:
  static constexpr std::size_t kMost = 16'384;
  static constexpr std::size_t kMostOctets = 2U << 20;

  TextCache<Party> known_;
};

}  // namespace mailtrust::report
