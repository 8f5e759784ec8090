#pragma once
// Hops and their times for people.

#include <cstdint>
#include <string>

#include "received/trace.hpp"

namespace mailtrust::commands {

/// RFC 3339 in UTC: "2024-03-04T10:00:05Z". `time`: Unix seconds, of a year up to 9999.
std::string date_text(std::int64_t time);

/// "from 203.0.113.77, proven: mx.example.org (yours) accepted it ...".
std::string headline(const received::Trace& trace);

/// Who handed it to the hop's server: "203.0.113.77 mail.example.net", "- (local)".
std::string client_words(const received::Hop& hop);

/// What is special about a hop, joined by commas: "origin", "claim", "took it over HTTP", flags.
std::string remarks(const received::Trace& trace, const received::Hop& hop);

/// "192.0.2.10 (Received, hop 1): not believed"; empty when that is the origin, or nothing.
std::string claim_words(const received::Trace& trace);

}  // namespace mailtrust::commands
