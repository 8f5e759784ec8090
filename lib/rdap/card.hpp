#pragma once
// Who a contact is: jCard (RFC 7095, properties of RFC 6350) and JSContact (RFC 9553), as RDAP
// entities hold them.

#include <string>
#include <vector>

#include "json/value.hpp"

namespace mailtrust::rdap {

struct CardEmail {
  std::string text;       ///< as written; may hold a display name, several addresses, or none
  unsigned pref = 100;    ///< 1 is preferred most (RFC 6350 section 5.3)
  bool is_abuse = false;  ///< its type says "abuse"
};

struct Card {
  std::vector<CardEmail> emails;  ///< preferred ones first, else in order
  std::string name;               ///< fn
  std::string organization;
  std::string kind;     ///< "org", "group", "individual", ...; small letters
  std::string country;  ///< two capitals; empty where no code is told
};

/// Of an entity: its "vcardArray", or its "jscard". Malformed properties are passed over.
Card read_card(const json::Value& entity);

/// Two letters in capitals; empty when `text` is no country code ("ZZ" is none).
std::string country_code(std::string_view text);

}  // namespace mailtrust::rdap
