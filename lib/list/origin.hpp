#pragma once
// Where entries come from: a FILE of `ENTRY;COMMENT` lines, or a list that is kept in the store.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "list/address_set.hpp"
#include "list/entry.hpp"

namespace mailtrust::list {

/// What a FILE|NAME argument names.
struct Origin {
  enum class Kind : std::uint8_t { file, kept };

  Kind kind = Kind::file;
  std::string name;  ///< the path, `-` for standard input; or the name of the list
};

/// `-` and what holds a `/` is a FILE. A word that a list of the store is called is that list, also
/// where there is a file of that name: what a cron line means must not depend on the folder it runs
/// in. Of the others what exists as a file is a FILE, and all else the NAME of a list. `store` is
/// --store as given.
Origin origin_of(std::string_view argument, const std::string& store);

/// One entry while an origin is read.
struct Member {
  const Entry& entry;
  std::string_view comment;
  std::size_t line = 0;  ///< in the file, from 1; 0 for a list of the store
};

/// What reading needs to know, and whom it tells.
struct Reading {
  std::string store = {};  ///< --store as given, for store_path()
  std::int64_t now = 0;    ///< Unix seconds: entries of the store that have expired are left out

  /// Is given every bad line of a file, `where` being FILE:LINE:COLUMN, in order.
  std::function<void(const Error&)> complain = [](const Error&) {};
};

/// What an origin held.
struct Tally {
  std::size_t entries = 0;
  std::size_t names = 0;   ///< mailboxes and domains among them
  std::size_t faults = 0;  ///< bad lines, all of them told
};

/// Shows `visit` every entry in the order of the file, or of Entry for a list of the store, where
/// only those in force at `now` count. Bad lines do not end the reading. An Error of kind input
/// when the file cannot be read, or when the argument is neither a file nor a list.
Expected<Tally> read_members(const Origin& origin, const Reading& reading,
                             const std::function<void(const Member&)>& visit);

/// The same for those who want addresses only, of millions of lines: the blocks of all entries that
/// have one.
Expected<Tally> read_blocks(const Origin& origin, const Reading& reading, Blocks& blocks);

}  // namespace mailtrust::list
