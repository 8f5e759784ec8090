#pragma once
// What `ip` finds out about one address.

#include <optional>
#include <string>
#include <vector>

#include "abuse/finder.hpp"
#include "dnsbl/sweep.hpp"
#include "iprev/iprev.hpp"
#include "list/decide.hpp"

namespace mailtrust::commands {

/// A name that looks made from the address, and why.
struct GenericName {
  std::string name;
  std::string reason;
};

/// Who runs the host, by the provider table.
struct KnownProvider {
  std::string name;  ///< "Google Workspace", "probably Example Mail"
  std::string by;    ///< how it is known: "name mail.example.org", "SPF range 192.0.2.0/24"
};

struct IpAnswer {
  net::Address address;      ///< unmapped
  bool one_of_many = false;  ///< of a prefix: short where there is nothing to tell
  bool leads = true;  ///< the first of a prefix, or one alone: what holds for all is told with it
  iprev::Outcome name;
  std::optional<GenericName> generic;
  std::vector<dnsbl::Listing> listings;
  std::optional<KnownProvider> provider;
  list::Decision own;
  std::optional<Error> own_trouble;    ///< why own lists could not be asked
  std::optional<abuse::Answer> owner;  ///< nothing: the registries were not asked
  std::string owner_not_asked;         ///< why not
};

/// How many lists of the kind `block` gave which answer. Those of other kinds, that are not asked
/// or that gave another kind of listing, are left out.
struct BlockCount {
  std::size_t listed = 0;
  std::size_t answered = 0;  ///< listed and clean
  std::size_t silent = 0;    ///< refused, no answer, lies
};

BlockCount count_blocks(const std::vector<dnsbl::Listing>& listings);

/// A listing that says something bad about the address.
bool blocks(const dnsbl::Listing& listing);

/// Could the list not tell about the address, though it was asked?
bool is_untold(const dnsbl::Listing& listing);

}  // namespace mailtrust::commands
