#pragma once
// Who hands out addresses, and which mailboxes are theirs: nobody to complain to about the
// addresses they handed out.

#include <span>
#include <string_view>

namespace mailtrust::registration {

enum class RegistryKind {
  regional,       ///< or IANA, above them
  national,       ///< its name stands in records of those it gave addresses to
  national_cert,  ///< the CERT that registries of a country name for everybody
};

/// A row of registry_mailboxes.inc.
struct Registry {
  std::string_view id;  ///< "ripe"
  RegistryKind kind = RegistryKind::regional;
  std::string_view domains;   ///< of its mailboxes, separated by a blank; names below them too
  std::string_view names;     ///< of the organisation, separated by '|'; "cent" is also "center"
  std::string_view seen;      ///< the day of the record that showed it
  std::string_view evidence;  ///< which record
};

std::span<const Registry> registries();

/// Of which the domain is, or is below; null when it is none's.
const Registry* registry_of_domain(std::string_view domain);

/// Whose name `text` is or begins with, as whole words in any case: of an organisation or a
/// netname ("APNIC-LABS"). Null when it is none's.
const Registry* registry_of_name(std::string_view text);

}  // namespace mailtrust::registration
