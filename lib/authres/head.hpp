#pragma once
// The part of Authentication-Results before its results: who says so. RFC 8601 sections 2.2, 2.5.

#include <string>

#include "authres/scanner.hpp"

namespace mailtrust::authres {

struct Head {
  std::string authserv_id;  ///< unquoted; empty unless the head is well-formed
  std::string problem;      ///< one line; empty when it is well-formed
  bool missing = false;     ///< there is no authserv-id; the first result may stand here instead
};

/// `[CFWS] authserv-id [CFWS version]`, up to the first `;` or the end. The version may also be
/// written as that of a method is ("id/1").
Head read_head(Scanner& in);

}  // namespace mailtrust::authres
