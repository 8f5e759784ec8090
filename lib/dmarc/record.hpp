#pragma once
// A DMARC policy record: text to what it says, once, with every fault and its column.
// RFC 9989 sections 4.7 and 4.8.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::dmarc {

/// `dmarc-request`, the weakest first.
enum class Policy { none, quarantine, reject };

/// Identifier alignment mode, of `adkim` and `aspf`.
enum class Alignment { relaxed, strict };

/// `psd`: is the domain a public suffix?
enum class Psd { unspecified, no, yes };

std::string_view to_string(Policy policy);        ///< "none", "quarantine", "reject"
std::string_view to_string(Alignment alignment);  ///< "relaxed", "strict"

/// Without regard to case; nothing for any other word.
std::optional<Policy> policy_from_string(std::string_view text);

/// What the tags say. Values that are not valid are left at their default.
struct Record {
  std::string text;
  std::optional<Policy> p;
  std::optional<Policy> sp;
  std::optional<Policy> np;
  Psd psd = Psd::unspecified;
  bool testing = false;  ///< t=y
  Alignment adkim = Alignment::relaxed;
  Alignment aspf = Alignment::relaxed;
  std::vector<std::string> rua;  ///< valid reporting URIs, a historic "!size" taken off
  std::vector<std::string> ruf;
  std::string fo = "0";
  std::vector<std::string> historic_tags;  ///< pct, rf, ri: RFC 7489 only
  std::vector<std::string> unknown_tags;

  /// The policy for the domain itself, for subdomains, for names that do not exist (section 4.7).
  [[nodiscard]] Policy for_domain() const;
  [[nodiscard]] Policy for_subdomains() const;
  [[nodiscard]] Policy for_nonexistent() const;
};

/// A part of the record that receivers discard.
struct Fault {
  std::size_t column = 1;  ///< octets of the record, from 1
  std::string message;     ///< one line: what was found, what was expected
};

struct Parsed {
  Record record;
  std::vector<Fault> faults;    ///< by column
  bool invalid_policy = false;  ///< p=, sp= or np= has a value that is none

  /// Section 4.10.1: an invalid policy makes the record count as p=none when it has a valid rua=,
  /// and as no record at all when it has not.
  [[nodiscard]] bool applies() const { return !invalid_policy || !record.rua.empty(); }
};

/// Does this TXT record call itself DMARC version 1: "v=DMARC1", then a semicolon or the end?
bool is_dmarc(std::string_view text);

/// `text` must be is_dmarc(). Linear in its length.
Parsed parse_record(std::string_view text);

/// One step weaker, as t=y asks for.
Policy weakened(Policy policy);

}  // namespace mailtrust::dmarc
