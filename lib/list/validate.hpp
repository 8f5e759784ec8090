#pragma once
// What is wrong with a list file, and what in it is risky: line by line, between its lines, against
// lists of the other verdict, and against the addresses of large mail providers.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "list/notes.hpp"
#include "list/opponents.hpp"
#include "list/packed.hpp"
#include "list/provider_ranges.hpp"

namespace mailtrust::list {

/// Entries of a personal list over which it is worth a warning. A list is personal when it names
/// senders (mailboxes or domains): such lists are kept by hand and read by people.
inline constexpr std::size_t kPersonalLimit = 500;

/// Errors of one file that are kept; all are counted.
inline constexpr std::size_t kMostErrors = 1000;

struct ValidateOptions {
  /// Without one the list is taken for a deny list, except that whole domains earn no warning in
  /// either.
  std::optional<Verdict> verdict = {};
  /// Entries over which there are too many, in any list; 0: never. Absent: kPersonalLimit in
  /// personal lists.
  std::optional<std::size_t> limit = {};
  /// Where large mail providers send from; called at the first entry with addresses. Absent:
  /// entries are not compared with them.
  std::function<const ProviderRanges&()> providers = {};
  /// Lists of the other verdict, read with `pack`.
  std::vector<Opponents> against = {};
  NamePacker pack = {};
  bool force = false;  ///< entries that cover a provider are a warning
  /// Told now and then: entries so far, and the share of the file.
  std::function<void(std::size_t, std::optional<double>)> progress = {};
};

struct Validation {
  std::size_t entries = 0;
  std::size_t error_count = 0;
  std::size_t provider_errors = 0;  ///< of these, entries that cover a large mail provider
  std::vector<Note> errors;         ///< the first kMostErrors, by line
  std::vector<Note> warnings;       ///< of each code the first kMostNotes, by line, then code
  Notes::Counts counts{};           ///< all warnings, by code
};

/// Reads the file once; no text is kept, 12 octets an IPv4 entry, twice that while they are sorted.
/// An Error of kind input when the file cannot be read to its end.
Expected<Validation> validate(const std::string& path, const ValidateOptions& options);

}  // namespace mailtrust::list
