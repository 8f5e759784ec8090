#pragma once
// What the registries told of the network around an address, and the text in which the store keeps
// it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "abuse/finder.hpp"
#include "net/prefix_set.hpp"
#include "registration/registration.hpp"

namespace mailtrust::abuse {

struct Told {
  std::vector<registration::Finding> findings;  ///< in the order they were asked for
  std::vector<Step> steps;
  std::vector<std::string> trouble;
  bool could_not_tell = false;  ///< somebody who might have named a contact did not answer
  bool rdap_failed = false;     ///< among them an RDAP server
  bool complete = false;        ///< all were asked whom one asks for a contact
  std::string old_bootstrap;  ///< the day of the table of servers, where no newer one was to be had

  /// Something was not to be had; `what` is a sentence, without its full stop.
  void fail(std::string what);
};

/// Who asks about what.
struct Subject {
  net::Address address;
  Want want = Want::contacts;
  dns::Resolver& resolver;
};

/// The narrowest network around `address` that is somebody's; null when none was told of.
const registration::Finding* narrowest(const Told& told, const net::Address& address);

/// Is this contact, one of rank(findings), there for abuse: named for it, or by its own name?
bool is_for_abuse(const registration::Contact& contact,
                  const std::vector<registration::Finding>& findings);

/// Is the best contact there for abuse, so that nobody else need be asked?
bool names_abuse_contact(const std::vector<registration::Finding>& findings);

/// Is the question answered as far as registries can?
bool answers(const Told& told, const Subject& subject);

/// Findings and `complete`, as a line of JSON.
std::string to_text(const Told& told);

/// The inverse; nothing for a text that to_text() has not made.
std::optional<Told> told_from(std::string_view text);

}  // namespace mailtrust::abuse
