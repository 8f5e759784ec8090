#pragma once
// Changes of a list by hand: a few entries, named one by one.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "list/row.hpp"
#include "list/store.hpp"
#include "net/address.hpp"

namespace mailtrust::list {

/// Who does it, and from where: the address that an exclusive list must go on admitting.
struct Actor {
  std::string author;
  std::int64_t now = 0;
  std::optional<net::Address> address = {};
  bool force = false;  ///< even if the address is locked out
};

/// What came of an entry.
enum class Effect : std::uint8_t { added, updated, unchanged, removed, missing };

std::string_view to_string(Effect effect);

struct Edited {
  bool made = false;                 ///< the list did not exist
  bool first_exclusive = false;      ///< from now on the list admits only those it holds
  Listed list = {};                  ///< as it is now
  std::vector<Effect> effects = {};  ///< of each entry, in order
};

/// How a list is made that is not there.
struct Making {
  std::optional<Verdict> verdict = {};  ///< nothing: deny; has to fit a list that is there
  bool exclusive = false;
};

struct Addition {
  std::vector<Entry> entries;
  std::optional<std::string> comment = {};  ///< nothing: one that is there stays
  std::optional<std::int64_t> expires = {};
  Making making = {};
};

/// What to change of entries that are there; nothing stays as it is.
struct Amendment {
  std::optional<std::string> comment = {};
  std::optional<std::optional<std::int64_t>> expires = {};
  std::optional<State> state = {};
};

Expected<Edited> add(Store& store, const std::string& list, const Addition& addition,
                     const Actor& actor);

/// `what` is the word for the history. Where an entry is missing nothing is changed at all.
Expected<Edited> amend(Store& store, const std::string& list, const std::vector<Entry>& entries,
                       const Amendment& amendment, const std::string& what, const Actor& actor);

Expected<Edited> remove(Store& store, const std::string& list, const std::vector<Entry>& entries,
                        const Actor& actor);

/// An Error of kind usage when it is there and of the other kind.
Expected<Edited> create(Store& store, const std::string& list, const Making& making,
                        const Actor& actor);

/// With all its entries; a list that is not empty only with Actor::force.
Expected<Edited> drop(Store& store, const std::string& list, const Actor& actor);

/// Does a list that is there fit what was said about one to be made? Else an Error of kind usage.
Expected<void> check_fit(const std::optional<Listed>& found, const Making& making);

/// Would an exclusive list with these rows still admit the address? Others always do.
class Admission {
 public:
  Admission(const Listed& list, const std::optional<net::Address>& address, std::int64_t now);

  /// Each row of the list as it will be.
  void see(std::string_view key, const Row& row);

  [[nodiscard]] bool is_needed() const { return block_.has_value(); }

  /// The Error, of kind usage, when the address is locked out.
  [[nodiscard]] Expected<void> check(bool force) const;

 private:
  std::string list_;
  std::string address_;
  std::optional<Block> block_;
  std::int64_t now_;
  bool any_ = false;
  bool admitted_ = false;
};

}  // namespace mailtrust::list
