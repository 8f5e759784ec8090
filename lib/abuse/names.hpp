#pragma once
// What DNS says of who answers for an address: the abuse contact zone of Abusix, the names that
// the address claims; and whether a contact's domain takes mail at all.

#include <string>
#include <vector>

#include "dns/resolver.hpp"
#include "net/address.hpp"
#include "registration/registration.hpp"

namespace mailtrust::abuse {

/// https://abusix.com/products/abuse-contact-db/: a TXT record for each address, addresses of mail
/// parted by commas.
inline constexpr std::string_view kAbuseZone = "abuse-contacts.abusix.zone";

/// So many PTR targets are looked at.
inline constexpr std::size_t kReverseNames = 3;

/// The questions about one address. Once DNS did not answer in time, no more of them are asked.
class Names {
 public:
  explicit Names(dns::Resolver& resolver) : resolver_(resolver) {}

  /// Starts the questions of abuse_zone() and reverse_names().
  void prefetch(const net::Address& address);

  std::vector<registration::Finding> abuse_zone(const net::Address& address);

  /// abuse@ (RFC 2142 section 4) the registered domain of each name, those that point back to the
  /// address first, as anyone may claim any name.
  std::vector<registration::Finding> reverse_names(const net::Address& address);

  /// Sets `undeliverable` where the domain has no mail host or says that it takes no mail (RFC 5321
  /// section 5.1, RFC 7505). Where DNS does not tell it is left unset.
  void mark_undeliverable(std::vector<registration::Contact>& contacts);

  /// A sentence for each question without an answer, but those of mark_undeliverable().
  [[nodiscard]] const std::vector<std::string>& trouble() const { return trouble_; }

 private:
  bool failed(const dns::Answer& answer);
  bool failed(const dns::Answer& answer, const std::string& what);
  dns::Status points_back(const net::Address& address, const dns::Name& name);
  bool takes_no_mail(const dns::Name& domain);

  dns::Resolver& resolver_;
  bool silent_ = false;
  std::vector<std::string> trouble_;
};

}  // namespace mailtrust::abuse
