#include "list/import.hpp"

#include <utility>

#include "list/change.hpp"
#include "list/edit.hpp"
#include "list/import_merge.hpp"
#include "list/import_read.hpp"
#include "store/file.hpp"

namespace mailtrust::list {
namespace {

constexpr std::size_t kLinesBetweenSigns = 16384;

Expected<Store> open_store(const std::string& path, const ImportOptions& options) {
  if (!options.dry_run) return Store::open(path, Store::Access::write);
  auto presence = store::look_for(path);
  if (!presence) return fail(presence.error());
  return *presence == store::Presence::missing ? Store::in_memory()
                                               : Store::open(path, Store::Access::read);
}

// Before hours of reading: can it work out at all?
Expected<void> check_early(const std::string& path, const ImportOptions& options) {
  auto presence = store::look_for(path);
  if (!presence) return fail(presence.error());
  if (*presence == store::Presence::missing) return {};
  auto store = Store::open(path, Store::Access::read);
  if (!store) return fail(store.error());
  auto found = store->find(options.list);
  if (!found) return fail(found.error());
  return check_fit(*found, {options.verdict, options.exclusive});
}

bool has_failed(const ImportOutcome& outcome, const ImportOptions& options) {
  bool failed = outcome.rejected > 0 && !options.skip_invalid;
  for (const auto& file : outcome.files) failed = failed || file.failure.has_value();
  return failed;
}

std::string names_of(const ImportOptions& options) {
  std::string names;
  for (const auto& file : options.files) names += (names.empty() ? "" : ", ") + file;
  return names;
}

Expected<void> settle(Store& store, const ImportOptions& options, const ImportEvents& events,
                      ImportSorter& sorter, ImportOutcome& outcome) {
  auto mode = options.dry_run ? Change::Mode::rehearsal : Change::Mode::real;
  Deed deed{options.author, options.now, "import", names_of(options)};
  auto change = Change::begin(store, options.list, std::move(deed), mode);
  if (!change) return fail(change.error());
  if (auto fits = check_fit(change->list(), {options.verdict, options.exclusive}); !fits)
    return fits;
  outcome.made = !change->list();
  if (outcome.made) {
    auto verdict = options.verdict.value_or(Verdict::deny);
    if (auto made = change->create(verdict, options.exclusive); !made) return made;
  }
  outcome.list = *change->list();
  std::uint64_t done = 0;
  auto step = [&] {
    if (++done % kLinesBetweenSigns != 0 || !events.progress) return;
    events.progress(outcome.lines,
                    0.5 + static_cast<double>(done) / static_cast<double>(outcome.lines) / 2);
  };
  ImportMerger merger(*change, options, outcome);
  if (auto merged = merger.run(sorter, step); !merged) return merged;
  if (auto good = merger.admission().check(options.force); !good) return good;
  const auto& counts = change->counts();
  outcome.first_exclusive = outcome.list.exclusive && outcome.list.entries == 0 && counts.added > 0;
  outcome.list.entries += counts.added - counts.removed;
  if (events.before_commit)
    if (auto ready = events.before_commit(); !ready) return ready;
  return change->commit();
}

}  // namespace

Expected<ImportOutcome> import(const std::string& store, const ImportOptions& options,
                               const ImportEvents& events) {
  if (auto good = check_early(store, options); !good) return fail(good.error());
  if (!options.dry_run)
    if (auto made = store::make_folder(store); !made) return fail(made.error());
  ImportSorter sorter(options.dry_run ? "/tmp" : store::folder_of(store));
  ImportOutcome outcome;
  if (auto read = read_files(options, events, sorter, outcome); !read) return fail(read.error());
  outcome.refused = has_failed(outcome, options);
  if (outcome.refused) return outcome;
  auto opened = open_store(store, options);
  if (!opened) return fail(opened.error());
  if (auto done = settle(*opened, options, events, sorter, outcome); !done)
    return fail(done.error());
  return outcome;
}

}  // namespace mailtrust::list
