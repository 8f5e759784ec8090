#pragma once
// Which fields a signature should cover. RFC 6376 sections 5.4, 5.4.1 and 8.15.

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim {

/// The names for h=: what the reader of a message sees or its program acts upon. Names that one
/// message has once are listed once more than they are there, so that nobody can add another; From,
/// Subject, To and Date also when they are missing. Fields that change on the way are never listed.
std::vector<std::string> recommended_fields(const message::Header& header);

/// A list of the user's own, parted by colons or commas, as h= will have it. Error of kind usage:
/// no list, From is missing, or a field that mail servers change or remove (Received, Return-Path,
/// Authentication-Results, Bcc).
Expected<std::vector<std::string>> parse_signed_fields(std::string_view text);

}  // namespace mailtrust::dkim
