#pragma once
// Which keys a message names: domain and selector of its DKIM-Signature fields.
// RFC 6376 section 3.5 (d=, s=).

#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::dkim {

struct SignatureName {
  std::string domain;    ///< d=
  std::string selector;  ///< s=

  friend bool operator==(const SignatureName&, const SignatureName&) = default;
};

/// From the header of `message`, in order, each pair once; the body is not looked at. Fields
/// without d= or s= are passed over. Lines may end in CRLF or LF; an mbox "From " line may come
/// first.
std::vector<SignatureName> signature_names(std::string_view message);

}  // namespace mailtrust::dkim
