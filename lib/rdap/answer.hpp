#pragma once
// RDAP answers about a network. RFC 9083 (JSON), RFC 7095 (jCard), RFC 9537 (redaction).

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "net/address.hpp"
#include "registration/registration.hpp"

namespace mailtrust::rdap {

struct Answer {
  registration::Registration registration;
  /// Where the answer says that more is known of the network (rel "related" to an ip network, RFC
  /// 9083 section 4.2): to be asked next.
  std::vector<std::string> more;
  /// Entities without addresses that have a link to themselves: a question each.
  std::vector<std::string> entities;
};

/// `body` of a response about `address`. An Error of kind temporary when it is not RDAP, or tells
/// of a network around which `address` is not.
Expected<Answer> read_answer(std::string_view body, const net::Address& address);

/// The title and description of an RDAP error body (section 6), or of notices; empty when it is
/// none.
std::string error_words(std::string_view body);

}  // namespace mailtrust::rdap
