#pragma once
// What the keys of whois answers mean: one table for all registries (keys.inc).

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "registration/registration.hpp"

namespace mailtrust::whois {

enum class Meaning : std::uint8_t {
  network,       ///< a range of addresses: the object is a network
  part,          ///< the same network as prefixes; alone it makes the object a network too
  other_object,  ///< an object that is neither network nor contact: route, mntner
  title,         ///< who a contact is, for people
  handle,        ///< what others refer to the object by
  net_handle,    ///< what the registry calls the network
  net_name,
  organization,  ///< who has the network
  holder,        ///< the same, where an object of its own says so; goes before `organization`
  description,   ///< free text; its first line names who has the network
  country,
  registered,     ///< a date
  updated,        ///< a date
  changed,        ///< who edited the object, and when: a mail address, a date or both
  status,         ///< how the network was given out
  source,         ///< the database that the object is of
  reference,      ///< handles of other objects; mail addresses where a server writes those
  mail,           ///< a mail address for what `role` says
  network_mail,   ///< the same, told of the network itself rather than of its holder
  object_mail,    ///< the mail address of the object: it is for what the object is referred to for
  remark,         ///< free text
  referral,       ///< a server that knows more
  root_referral,  ///< the same, as only IANA writes it: the network is a registry's block
  silent,         ///< nothing to be learned
};

struct Key {
  std::string_view name;  ///< letters and digits count, case and all else does not
  Meaning meaning = Meaning::silent;
  std::optional<registration::Role> role = {};
  bool begins = false;  ///< the first key of an object: begins one though no empty line is there
};

std::span<const Key> keys();

/// Null when the table does not have it.
const Key* find_key(std::string_view name);

}  // namespace mailtrust::whois
