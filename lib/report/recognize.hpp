#pragma once
// What a document is, by its first octets.

#include <string_view>

#include "report/envelope.hpp"

namespace mailtrust::report {

/// aggregate, tls or other: of a document that is neither packed nor a mail.
Kind kind_of(std::string_view document);

/// Does it begin as a mail does (RFC 5322 section 2.2), and not as a document?
bool is_mail(std::string_view octets);

/// A clause: what it is instead of a report.
std::string_view what_else(std::string_view octets);

}  // namespace mailtrust::report
