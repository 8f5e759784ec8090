#pragma once
// What a server says instead of an answer.

#include <string_view>

#include "whois/answer.hpp"

namespace mailtrust::whois {

/// Of an answer without a network around the address: come_later where the server refuses or asks
/// for patience, not_found where it knows nothing, else not_understood. The first 16 KiB are read.
Status status_of_words(std::string_view text);

/// A comment by which a server says that it held something back because it was asked too often.
bool says_come_later(std::string_view comment);

}  // namespace mailtrust::whois
