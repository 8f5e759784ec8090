#pragma once
// What is worth telling about the way a message took.

#include <cstdint>
#include <string>
#include <vector>

#include "finding/finding.hpp"
#include "received/trace.hpp"

namespace mailtrust::received {

/// One finding of each kind, with the newest hop that shows it and how many more there are, the
/// most harmful first. `where` is the message.
std::vector<finding::Finding> lint(const Trace& trace, const std::string& where);

/// For people: "40 s", "12 min 5 s", "3 h 12 min", "2 d 4 h"; negative ones as they are.
std::string duration_words(std::int64_t seconds);

/// The hop with the longest delay; null when no delay is above 0.
const Hop* longest_wait(const Trace& trace);

}  // namespace mailtrust::received
