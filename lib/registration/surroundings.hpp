#pragma once
// What the words around a mail address say it is for.

#include <optional>
#include <string_view>

#include "registration/registration.hpp"

namespace mailtrust::registration {

/// What a stretch of text says, if anything. Its clauses (lines, sentences, parts between commas)
/// are asked from the last to the first; `remark` where one says abuse, `other` where one says that
/// the address is for something else, or not for abuse. Linear.
std::optional<Role> role_before(std::string_view text);

/// The same for the words that follow an address, of which the first clause counts: "(abuse)".
std::optional<Role> role_after(std::string_view text);

/// How much of `text` role_after() reads.
std::size_t first_clause(std::string_view text);

/// Does `text` only join two addresses: " or ", ", ", " / ", " und "?
bool is_joint(std::string_view text);

}  // namespace mailtrust::registration
