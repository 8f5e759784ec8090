#pragma once
// The sorted lines of an import against the rows of the list: what is new, other, the same, gone.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "list/change.hpp"
#include "list/edit.hpp"
#include "list/import.hpp"
#include "list/import_sort.hpp"

namespace mailtrust::list {

/// The rows of a list in order, read in windows, so that those already passed may be changed.
class ExistingRows {
 public:
  struct Keyed {
    std::string key;
    Row row;
  };

  explicit ExistingRows(Change& change) : change_(change) {}

  /// The row it stands on; null behind the last.
  Expected<const Keyed*> peek();

  void advance() { ++position_; }

 private:
  Expected<void> refill();

  Change& change_;
  std::vector<Keyed> window_;
  std::size_t position_ = 0;
  bool ended_ = false;
};

/// The lines of a sorter, of those with the same key the last.
class UniqueLines {
 public:
  struct Item {
    std::string key;
    std::size_t file = 0;
    std::int64_t line = 0;
    std::string comment;
  };

  UniqueLines(ImportSorter& sorter, std::vector<ImportedFile>& files)
      : sorter_(sorter), files_(files) {}

  /// Valid until the next call; null at the end.
  Expected<const Item*> next();

 private:
  ImportSorter& sorter_;
  std::vector<ImportedFile>& files_;
  // What the sorter gives is gone with the next line, so both are copies.
  Item item_;
  Item ahead_;
  bool begun_ = false;

  Expected<void> read_ahead();
};

class ImportMerger {
 public:
  ImportMerger(Change& change, const ImportOptions& options, ImportOutcome& outcome)
      : change_(change),
        options_(options),
        outcome_(outcome),
        existing_(change),
        admission_(outcome.list, options.address, options.now) {}

  /// All lines of `sorter`; `step` is called after each.
  Expected<void> run(ImportSorter& sorter, const std::function<void()>& step);

  /// After run(): does an exclusive list still admit whoever imports?
  [[nodiscard]] const Admission& admission() const { return admission_; }

 private:
  using Item = UniqueLines::Item;

  Expected<void> fill(UniqueLines& lines, const std::function<void()>& step);
  Expected<void> make_row(const Item& item);
  Expected<void> settle(const Item& item);
  Expected<void> add(const Item& item);
  Expected<void> meet(const Item& item, const Row& before);
  Expected<void> pass(std::string_view upto, bool& met);
  Expected<void> pass_rest();
  Expected<void> leave(const ExistingRows::Keyed& row);
  Expected<void> remove(const ExistingRows::Keyed& row);
  Expected<std::int64_t> origin(std::size_t file);
  [[nodiscard]] bool looks_up() const;

  Change& change_;
  const ImportOptions& options_;
  ImportOutcome& outcome_;
  ExistingRows existing_;
  std::vector<std::optional<std::int64_t>> origins_;
  Admission admission_;
  Row row_;  ///< kept for its memory
};

}  // namespace mailtrust::list
