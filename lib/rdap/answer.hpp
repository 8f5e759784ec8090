#pragma once
// RDAP answers about a network. RFC 9083 (JSON), RFC 7095 (jCard), RFC 9553 (JSContact), RFC 9537
// (redaction).

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "net/address.hpp"
#include "registration/registration.hpp"

namespace mailtrust::rdap {

/// An entity that the answer names without a mail address.
struct EntityLink {
  std::string url;     ///< its link to itself, as written; empty: told by handle alone
  std::string handle;  ///< to be asked for at BASE/entity/HANDLE (RFC 9082 section 3.1.5)
  registration::Role role = registration::Role::other;  ///< its best
  unsigned depth = 1;
};

struct Answer {
  registration::Registration registration;
  /// Where the answer says that more is known of the network (rel "related" or "down" to an ip
  /// network, RFC 9083 section 4.2): to be asked next.
  std::vector<std::string> more;
  std::string up;                    ///< the network around this one (rel "up"); empty: not told
  std::vector<EntityLink> entities;  ///< best role first: a question each
  bool redacted = false;             ///< the server left something out (RFC 9537)
};

/// `body` of a response about `address`. An Error of kind temporary when it is not RDAP, or tells
/// of a network around which `address` is not. Linear.
Expected<Answer> read_answer(std::string_view body, const net::Address& address);

/// `body` of a response about an entity: its mentions and those of the entities within it, with the
/// role and depth it had at the network. An Error of kind temporary when it is no entity.
Expected<std::vector<registration::Mention>> read_entity(std::string_view body,
                                                         const EntityLink& asked);

/// The title and description of an RDAP error body (section 6), or of notices; empty when it is
/// none.
std::string error_words(std::string_view body);

}  // namespace mailtrust::rdap
