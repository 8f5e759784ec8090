#pragma once
// Which objects of an answer belong to which network around the address.

#include <cstddef>
#include <optional>
#include <vector>

#include "net/address.hpp"
#include "whois/document.hpp"

namespace mailtrust::whois {

/// Networks of one range are one group: registries tell of a network in two languages, and mirror
/// one another's objects.
struct Group {
  net::Range range;
  std::vector<std::size_t> networks;  ///< objects, the last of the answer first
  bool is_end_user = false;           ///< given to a customer who runs no network (KRNIC)
};

/// What ties an object to a group.
struct Claim {
  std::optional<std::size_t> group;  ///< none: to no network around the address
  unsigned depth = 0;                ///< 0: the network itself, 1: named by it, ...
  bool by_handle = false;            ///< named by its handle; else it only stands below the network
  std::optional<registration::Role> role;  ///< for what it is named; the best of several
};

struct Claims {
  std::vector<Group> groups;  ///< the narrowest first
  std::vector<Claim> of;      ///< of each object of the document
};

/// Handles are followed first, from the narrowest network on; what nobody names belongs to the
/// network above it (ARIN, KRNIC), what stands before all networks to the first (TWNIC). Linear
/// but for sorting the networks.
Claims claim_objects(const Document& document, const net::Address& address);

}  // namespace mailtrust::whois
