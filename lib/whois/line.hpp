#pragma once
// The forms of a line in a whois answer.

#include <optional>
#include <string_view>

#include "registration/registration.hpp"

namespace mailtrust::whois {

/// A key and what stands behind it.
struct Pair {
  std::string_view name;
  std::string_view value;
  bool indented = false;
};

/// "key: value"; "a. [Key] value" (JPNIC); "network:Key;I:value" (rwhois) as "Key". Trimmed.
std::optional<Pair> read_pair(std::string_view line);

/// ARIN's list of several networks: "Example Inc. EXAMPLE-NET (NET-192-0-2-0-1) 192.0.2.0 - ...".
struct ListedNetwork {
  std::string_view organization;
  std::string_view name;
  std::string_view handle;
  std::string_view range;  ///< empty: on the next line
};

std::optional<ListedNetwork> read_listed_network(std::string_view line);

/// "[ Title ]" alone on its line, as KRNIC writes it; "[Key]" is JPNIC's. A trimmed line.
bool is_section(std::string_view line);

/// "[ Network Abuse Contact Information ]": for what the contacts below are. Null: it does not say.
std::optional<registration::Role> role_of_section(std::string_view line);

/// For what a contact is by a word in a key or a title: abuse, noc, tech, admin. Null: none of
/// these.
std::optional<registration::Role> role_of_words(std::string_view words);

/// "-----", "=====": a trimmed line.
bool is_rule(std::string_view line);

}  // namespace mailtrust::whois
