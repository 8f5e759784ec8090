#pragma once
// A reply as a person has it before them: alone, or as a log or a notice quotes it.

#include <string>
#include <string_view>

#include "bounce/failure.hpp"
#include "bounce/rule.hpp"

namespace mailtrust::bounce {

/// `text` is the diagnostic, as it stands. Beside it what its frame tells: the recipient
/// ("to=<bob@example.net>", "RCPT TO:<bob@example.net>", "<bob@example.net>: unknown") and the host
/// that answered ("host mx.example.net[192.0.2.1] said:", "relay=mx.example.net[192.0.2.1]:25").
/// Linear; any octets.
Failure spoken_failure(std::string_view text);

/// The words of `text` that `rule` matched, as they stand there; pieces joined by " ... ". Empty
/// when the rule has no phrase, or when blanks and letters beyond ASCII hide it.
std::string matched_words(const Rule& rule, std::string_view text);

}  // namespace mailtrust::bounce
