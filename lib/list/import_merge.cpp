#include "list/import_merge.hpp"

#include <utility>

namespace mailtrust::list {
namespace {

constexpr std::size_t kWindow = 4096;

// Where the list has this many rows to a line, each line looks for its row instead of reading all.
constexpr std::uint64_t kRowsToALine = 16;

}  // namespace

Expected<const ExistingRows::Keyed*> ExistingRows::peek() {
  if (position_ == window_.size() && !ended_)
    if (auto done = refill(); !done) return fail(done.error());
  return position_ == window_.size() ? nullptr : &window_[position_];
}

Expected<void> ExistingRows::refill() {
  auto after = window_.empty() ? std::string() : std::move(window_.back().key);
  window_.clear();
  position_ = 0;
  auto done = change_.range(after, {}, [&](std::string_view key, const Row& row) {
    window_.push_back({std::string(key), row});
    return window_.size() < kWindow;
  });
  ended_ = window_.size() < kWindow;
  return done;
}

bool ImportMerger::looks_up() const {
  return !options_.replace && outcome_.list.entries / kRowsToALine > outcome_.lines;
}

Expected<void> ImportMerger::run(ImportSorter& sorter, const std::function<void()>& step) {
  origins_.resize(outcome_.files.size());
  Item pending;
  for (;;) {
    auto line = sorter.next();
    if (!line) return fail(line.error());
    bool same = *line && (*line)->key == pending.key;
    if (same) ++outcome_.files[pending.file].repeated;
    if (!same && !pending.key.empty())
      if (auto done = settle(pending); !done) return done;
    if (!*line) return options_.replace ? pass_rest() : Expected<void>{};
    pending.key = (*line)->key;
    pending.file = (*line)->file;
    pending.line = static_cast<std::int64_t>((*line)->line);
    pending.comment = (*line)->comment;
    step();
  }
}

Expected<void> ImportMerger::settle(const Item& item) {
  if (outcome_.list.entries == 0) return add(item);
  if (looks_up()) {
    auto found = change_.get(item.key);
    if (!found) return fail(found.error());
    return *found ? meet(item, **found) : add(item);
  }
  bool met = false;
  if (auto done = pass(item.key, met); !done) return done;
  if (!met) return add(item);
  auto row = existing_.peek();
  auto done = meet(item, (*row)->row);
  existing_.advance();
  return done;
}

Expected<void> ImportMerger::pass(std::string_view upto, bool& met) {
  for (;;) {
    auto row = existing_.peek();
    if (!row) return fail(row.error());
    if (*row == nullptr || (*row)->key > upto) return {};
    met = (*row)->key == upto;
    if (met) return {};
    if (options_.replace)
      if (auto done = remove(**row); !done) return done;
    existing_.advance();
  }
}

Expected<void> ImportMerger::pass_rest() {
  for (;;) {
    auto row = existing_.peek();
    if (!row) return fail(row.error());
    if (*row == nullptr) return {};
    if (auto done = remove(**row); !done) return done;
    existing_.advance();
  }
}

Expected<void> ImportMerger::remove(const ExistingRows::Keyed& row) {
  ++outcome_.files.back().removed;
  if (outcome_.gone.size() < kMostGone)
    outcome_.gone.push_back({entry_from(row.key).value_or(Entry{}), row.row.comment});
  return change_.remove(row.key, row.row);
}

Expected<std::int64_t> ImportMerger::origin(std::size_t file) {
  auto& known = origins_[file];
  if (!known) {
    auto made = change_.origin(outcome_.files[file].file);
    if (!made) return made;
    known = *made;
  }
  return *known;
}

Expected<void> ImportMerger::add(const Item& item) {
  auto from = origin(item.file);
  if (!from) return fail(from.error());
  ++outcome_.files[item.file].added;
  row_.origin = *from;
  row_.line = item.line;
  row_.expires = options_.expires;
  row_.comment = item.comment;
  return change_.add(item.key, row_);
}

Expected<void> ImportMerger::meet(const Item& item, const Row& before) {
  auto& file = outcome_.files[item.file];
  // A line without a comment does not take away why an entry is there, unless the list is to be
  // the file. An entry that has run out and is named again counts again.
  bool keeps_comment = item.comment.empty() && !options_.replace;
  bool has_run_out = before.expires && *before.expires <= options_.now;
  auto expires = options_.expires || has_run_out ? options_.expires : before.expires;
  if ((keeps_comment || item.comment == before.comment) && expires == before.expires) {
    ++file.unchanged;
    return {};
  }
  auto from = origin(item.file);
  if (!from) return fail(from.error());
  auto after = change_.revised(before);
  if (!after) return fail(after.error());
  ++file.updated;
  after->origin = *from;
  after->line = item.line;
  after->expires = expires;
  if (!keeps_comment) after->comment = item.comment;
  return change_.update(item.key, before, *after);
}

}  // namespace mailtrust::list
