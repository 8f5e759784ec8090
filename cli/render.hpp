#pragma once
// A Report as octets: a line of JSON for programs, lines of text for people. Both escape whatever
// came from outside.

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "cli/report.hpp"
#include "cli/screen.hpp"
#include "dns/inquiry.hpp"

namespace mailtrust::cli {

/// Very long text that belongs into a line of JSON, and was left out of it.
struct Splice {
  std::size_t at = 0;  ///< octets of the output before it
  std::shared_ptr<const PackedText> text;
};

/// One line, with its newline: "schema", the fields in order, "findings" when the report judges,
/// "error" when it has one, "evidence" when there is a span (an empty one too). What is very long
/// is left to `splice`, if there is one.
void append_json_line(std::string& out, const Report& report,
                      const std::vector<dns::Evidence>* evidence = nullptr,
                      Splice* splice = nullptr);

/// The page for people: no line wider than the screen but for what is to be pasted. Nothing for a
/// report that has only an error (that goes to stderr).
void append_text(std::string& out, const Report& report, const Screen& screen,
                 const std::vector<dns::Evidence>* evidence = nullptr);

/// The lookups behind an answer: `[{"name","type","status","failure","aliases","records"}]`. TTLs
/// are left out: they depend on when one asks.
Value evidence_value(std::span<const dns::Evidence> evidence);

}  // namespace mailtrust::cli
