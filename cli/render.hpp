#pragma once
// A Report as octets: a line of JSON for programs, lines of text for people. Both escape whatever
// came from outside.

#include <span>
#include <string>

#include "cli/report.hpp"
#include "cli/screen.hpp"
#include "dns/inquiry.hpp"

namespace mailtrust::cli {

/// One line, with its newline: "schema", the fields in order, "findings" when the report judges,
/// "error" when it has one, "evidence" when there is a span (an empty one too).
void append_json_line(std::string& out, const Report& report,
                      const std::vector<dns::Evidence>* evidence = nullptr);

/// The page for people: no line wider than the screen but for what is to be pasted. Nothing for a
/// report that has only an error (that goes to stderr).
void append_text(std::string& out, const Report& report, const Screen& screen,
                 const std::vector<dns::Evidence>* evidence = nullptr);

/// The lookups behind an answer: `[{"name","type","status","failure","aliases","records"}]`. TTLs
/// are left out: they depend on when one asks.
Value evidence_value(std::span<const dns::Evidence> evidence);

}  // namespace mailtrust::cli
