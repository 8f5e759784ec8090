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

}  // namespace mailtrust::commands
