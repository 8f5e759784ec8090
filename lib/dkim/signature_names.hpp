#pragma once
// Which keys a message names: domain and selector of its DKIM-Signature fields.
// RFC 6376 section 3.5 (d=, s=).

#include <string>
#include <vector>

#include "message/header.hpp"

namespace mailtrust::dkim {

struct SignatureName {
  std::string domain;    ///< d=
  std::string selector;  ///< s=

  friend bool operator==(const SignatureName&, const SignatureName&) = default;
};

/// In order, each pair once. Fields without d= or s= are passed over.
std::vector<SignatureName> signature_names(const message::Header& header);

}  // namespace mailtrust::dkim
