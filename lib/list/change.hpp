#pragma once
// A change of one list: one transaction, one line of its history, undone as one.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "list/row.hpp"
#include "list/store.hpp"
#include "store/database.hpp"

namespace mailtrust::list {

/// Who changes something, when, and in which words history tells it.
struct Deed {
  std::string author;
  std::int64_t now = 0;  ///< Unix seconds
  std::string what;      ///< "import", "add", ...
  std::string detail = {};
};

struct Counts {
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t removed = 0;

  [[nodiscard]] bool any() const { return added + updated + removed > 0; }
};

class Change {
 public:
  enum class Mode {
    real,
    rehearsal,  ///< reads and counts, waits for nobody, writes nothing
  };

  /// Having waited for other writers. Without commit() nothing happened.
  static Expected<Change> begin(Store& store, const std::string& list, Deed deed,
                                Mode mode = Mode::real);

  /// The list as it is now; nothing when there is none (yet, or any more).
  [[nodiscard]] const std::optional<Listed>& list() const { return listed_; }

  /// Only where there is no list. One that was dropped under this name keeps its history.
  Expected<void> create(Verdict verdict, bool exclusive);

  /// The list and all its entries.
  Expected<void> drop();

  Expected<std::optional<Row>> get(std::string_view key);

  /// The rows with keys after `after` up to and with `upto` (empty: to the end), in order, until
  /// `visit` returns false. The list must not be changed by it.
  using Visit = std::function<bool(std::string_view key, const Row& row)>;
  Expected<void> range(std::string_view after, std::string_view upto, const Visit& visit);

  /// What add() and update() need as Row::origin for entries from `file` (empty: typed).
  Expected<std::int64_t> origin(const std::string& file);

  /// An entry that is not there.
  Expected<void> add(std::string_view key, const Row& row);

  /// As many as `next` gives, in the order of their keys: several times as fast. `next` fills what
  /// it is given and returns false when there are no more. None of them may be there.
  struct NewEntry {
    std::string_view key;
    const Row* row = nullptr;
  };

  using NextEntry = std::function<Expected<bool>(NewEntry& entry)>;
  Expected<void> add_all(const NextEntry& next);

  /// One that is; `after` is made from revised().
  Expected<void> update(std::string_view key, const Row& before, const Row& after);

  /// `before` as this change's own: from the same file and line, created when it was.
  Expected<Row> revised(const Row& before);

  Expected<void> remove(std::string_view key, const Row& before);

  [[nodiscard]] const Counts& counts() const { return counts_; }

  /// The number of this change in the history; 0 while nothing was written.
  [[nodiscard]] std::int64_t operation() const { return operation_; }

  /// Did anything change, the list itself included?
  [[nodiscard]] bool any() const { return counts_.any() || list_changed_; }

  /// On disk when it returns. Where nothing changed, nothing is written.
  Expected<void> commit();

  Change(Change&&) noexcept;
  Change& operator=(Change&&) = delete;
  ~Change();

 private:
  struct Statements;

  struct Origin {
    std::int64_t at = 0;
    std::string file;
  };

  Change(store::Database& database, store::Transaction transaction, Deed deed, Mode mode);

  Expected<void> find_list(const std::string& name);
  Expected<void> begin_operation();
  Expected<Origin> find_origin(std::int64_t id);
  Expected<void> write_entry(std::string_view key, const Row& row);
  Expected<void> note(std::string_view key, const Row* before, const Row* after);

  [[nodiscard]] bool is_real() const { return mode_ == Mode::real; }

  store::Database* database_;
  store::Transaction transaction_;
  std::unique_ptr<Statements> statements_;
  Deed deed_;
  Mode mode_;
  std::string name_;
  std::int64_t list_ = 0;       ///< its id; 0: none of the name, not even a dropped one
  std::int64_t operation_ = 0;  ///< 0 until something is written
  std::optional<Listed> listed_;
  std::optional<Listed> before_;
  bool list_changed_ = false;
  std::int64_t known_id_ = 0;  ///< the origin found last
  Origin known_origin_;
  Counts counts_;
};

}  // namespace mailtrust::list
