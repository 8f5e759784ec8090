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
  return !options_.replace && !admission_.is_needed() &&
         outcome_.list.entries / kRowsToALine > outcome_.lines;
}

Expected<void> UniqueLines::read_ahead() {
  auto line = sorter_.next();
  if (!line) return fail(line.error());
  ahead_.key.clear();
  if (!*line) return {};
  ahead_.key = (*line)->key;
  ahead_.file = (*line)->file;
  ahead_.line = static_cast<std::int64_t>((*line)->line);
  ahead_.comment = (*line)->comment;
  return {};
}

Expected<const UniqueLines::Item*> UniqueLines::next() {
  if (!std::exchange(begun_, true))
    if (auto done = read_ahead(); !done) return fail(done.error());
  if (ahead_.key.empty()) return nullptr;
  do {
    std::swap(item_, ahead_);
    if (auto done = read_ahead(); !done) return fail(done.error());
    if (item_.key == ahead_.key) ++files_[item_.file].repeated;
  } while (item_.key == ahead_.key);
  return &item_;
}

Expected<void> ImportMerger::run(ImportSorter& sorter, const std::function<void()>& step) {
  origins_.resize(outcome_.files.size());
  UniqueLines lines(sorter, outcome_.files);
  if (outcome_.list.entries == 0) return fill(lines, step);
  for (;;) {
    auto item = lines.next();
    if (!item) return fail(item.error());
    if (*item == nullptr) return pass_rest();
    if (auto done = settle(**item); !done) return done;
    step();
  }
}

Expected<void> ImportMerger::fill(UniqueLines& lines, const std::function<void()>& step) {
  return change_.add_all([&](Change::NewEntry& entry) -> Expected<bool> {
    auto item = lines.next();
    if (!item) return fail(item.error());
    if (*item == nullptr) return false;
    if (auto made = make_row(**item); !made) return fail(made.error());
    entry = {(*item)->key, &row_};
    step();
    return true;
  });
}

Expected<void> ImportMerger::settle(const Item& item) {
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
    if (auto done = leave(**row); !done) return done;
    existing_.advance();
  }
}

Expected<void> ImportMerger::pass_rest() {
  while (options_.replace || admission_.is_needed()) {
    auto row = existing_.peek();
    if (!row) return fail(row.error());
    if (*row == nullptr) return {};
    if (auto done = leave(**row); !done) return done;
    existing_.advance();
  }
  return {};
}

// A row that no line names.
Expected<void> ImportMerger::leave(const ExistingRows::Keyed& row) {
  if (options_.replace) return remove(row);
  if (admission_.is_needed()) admission_.see(row.key, row.row);
  return {};
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

Expected<void> ImportMerger::make_row(const Item& item) {
  auto from = origin(item.file);
  if (!from) return fail(from.error());
  ++outcome_.files[item.file].added;
  row_.origin = *from;
  row_.line = item.line;
  row_.expires = options_.expires;
  row_.comment = item.comment;
  if (admission_.is_needed()) admission_.see(item.key, row_);
  return {};
}

Expected<void> ImportMerger::add(const Item& item) {
  auto made = make_row(item);
  return made ? change_.add(item.key, row_) : made;
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
    if (admission_.is_needed()) admission_.see(item.key, before);
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
  if (admission_.is_needed()) admission_.see(item.key, *after);
  return change_.update(item.key, before, *after);
}

}  // namespace mailtrust::list
