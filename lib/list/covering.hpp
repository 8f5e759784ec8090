#pragma once
// What a list of the store says about one visitor, without reading the list: a look-up by key for
// each prefix length, the mailbox and its domain.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/expected.hpp"
#include "list/decide.hpp"
#include "list/store.hpp"
#include "store/statement.hpp"

namespace mailtrust::list {

class Covering {
 public:
  /// `store` must outlive this. An Error of kind input when there is no such list.
  static Expected<Covering> open(Store& store, const std::string& name, std::int64_t now);

  /// The entries in force around the visitor's address, of its mailbox and domain; for an exclusive
  /// list that has entries in force and none for the visitor, a voice without an entry. Linear in
  /// the ranges of the list that are no prefix and begin before the address.
  Expected<std::vector<Voice>> find(const Visitor& visitor);

  /// An exclusive list without an entry in force, which admits everyone.
  [[nodiscard]] bool admits_everyone() const { return listed_.exclusive && empty_; }

 private:
  Covering(Listed listed, std::int64_t list, std::int64_t now, store::Statement exact,
           store::Statement ranges)
      : listed_(std::move(listed)),
        list_(list),
        now_(now),
        exact_(std::move(exact)),
        ranges_(std::move(ranges)) {}

  Expected<void> look_up(const Entry& entry, std::vector<Voice>& voices);
  Expected<void> look_up_ranges(const Block& address, std::vector<Voice>& voices);
  Expected<void> take(const store::Statement& query, std::vector<Voice>& voices) const;

  Listed listed_;
  std::int64_t list_;
  std::int64_t now_;
  bool empty_ = true;  ///< has no entry in force
  store::Statement exact_;
  store::Statement ranges_;
};

/// The lists of the store with these names, all of them when there are none, as members of a panel
/// that owns the store.
struct KeptLists {
  std::vector<Panel::Member> members;
  std::vector<std::string> admit_everyone;  ///< exclusive lists without an entry in force
};

Expected<KeptLists> members_of_store(const std::string& path, const std::vector<std::string>& names,
                                     std::int64_t now);

}  // namespace mailtrust::list
