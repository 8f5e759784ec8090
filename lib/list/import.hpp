#pragma once
// Files of `ENTRY;COMMENT` lines into a list of the store, all or nothing.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "list/line.hpp"
#include "list/store.hpp"
#include "list/vet.hpp"
#include "net/address.hpp"

namespace mailtrust::list {

struct ImportOptions {
  std::vector<std::string> files;  ///< `-` is standard input
  std::string list;
  std::optional<Verdict> verdict;  ///< what the list says; has to fit one that is there
  bool exclusive = false;          ///< of a list that is made
  bool skip_invalid = false;       ///< bad lines are left out instead of stopping everything
  bool replace = false;            ///< what the files do not hold is removed
  bool dry_run = false;            ///< says what would happen, and changes nothing
  bool force = false;              ///< past what would lock out or do harm
  std::optional<std::int64_t> expires;
  std::string author;
  std::int64_t now = 0;
  std::optional<net::Address> address;  ///< what an exclusive list must go on admitting
};

/// A line that was not imported.
struct Rejected {
  std::size_t line = 0;
  Fault fault;
  std::string text;  ///< the line as it was, at most limits::kListLine
};

/// What came of one file.
struct ImportedFile {
  std::string file;
  std::uint64_t lines = 0;  ///< that hold an entry
  std::uint64_t added = 0;
  std::uint64_t updated = 0;  ///< same entry, other comment or expiry
  std::uint64_t unchanged = 0;
  std::uint64_t repeated = 0;  ///< said again, by this file or a later one, which counts
  std::uint64_t removed = 0;   ///< by `replace`; told with the last file
  std::uint64_t rejected = 0;
  std::vector<Rejected> faults = {};  ///< the first ones, as many as may be told
  std::optional<Error> failure = {};  ///< it could not be read to its end
};

/// An entry that `replace` took out.
struct Gone {
  Entry entry;
  std::string comment;
};

struct ImportOutcome {
  std::vector<ImportedFile> files;
  std::uint64_t lines = 0;
  std::uint64_t rejected = 0;
  bool refused = false;          ///< because of bad lines or unreadable files: nothing was imported
  bool made = false;             ///< the list did not exist
  Vetted vetted = {};            ///< of new entries; unless forced an error stops everything
  bool first_exclusive = false;  ///< from now on the list admits only those it holds
  Listed list;                   ///< as it is now
  std::vector<Gone> gone;        ///< the first kMostGone of them
};

inline constexpr std::size_t kMostGone = 1000;

/// What whoever imports wants to know meanwhile. Any may be empty.
struct ImportEvents {
  /// Every few thousand lines. `fraction` is of the whole work, where the size is known.
  std::function<void(std::size_t lines, std::optional<double> fraction)> progress;
  /// Every rejected line, in order.
  std::function<void(std::size_t file, const Rejected&)> rejected;
  /// Once, before anything is changed for good; its Error stops everything.
  std::function<Expected<void>()> before_commit;
  /// Once, when the list is known: who is to look at each new entry.
  std::function<Expected<Vetters>(Store& store, Verdict verdict)> vetters;
};

/// An Error when the store cannot be used or the list is of the other verdict. Bad lines are part
/// of the outcome: with `refused` set unless they are skipped.
Expected<ImportOutcome> import(const std::string& store, const ImportOptions& options,
                               const ImportEvents& events);

}  // namespace mailtrust::list
