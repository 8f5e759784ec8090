// How a store is opened: looked at first, without a lock and without a trace, then for real.
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "store/connection.hpp"
#include "store/error.hpp"
#include "store/file.hpp"

namespace mailtrust::store {
namespace {

// Stores up to this many pages of 4 KiB are checked as a whole each time they are opened; of larger
// ones damage is told when it is met.
constexpr std::int64_t kPagesChecked = 256;

// In the header of an SQLite file: which version may write and read it; 2 means a write-ahead log.
constexpr std::size_t kWriteVersion = 18;
constexpr std::size_t kReadVersion = 19;

Unexpected foreign(const std::string& path) {
  return fail(Error::Kind::input, path, "belongs to another program, and is left as it is");
}

// Another application_id or a version from the future is refused.
Expected<void> check_identity(Database::Impl& database, const Schema& schema) {
  auto id = database.number("PRAGMA application_id");
  if (!id) return fail(id.error());
  if (*id != schema.application_id) return foreign(*database.path());
  auto version = database.number("PRAGMA user_version");
  if (!version) return fail(version.error());
  if (*version < 1) return foreign(*database.path());
  if (*version <= schema.version()) return {};
  return fail(Error::Kind::input, *database.path(),
              "is of version " + std::to_string(*version) +
                  ", made by a newer mailtrust (this one "
                  "knows up to " +
                  std::to_string(schema.version()) + "), and is left as it is");
}

Expected<void> check_pages(Database::Impl& database) {
  auto pages = database.number("PRAGMA page_count");
  if (!pages) return fail(pages.error());
  if (*pages > kPagesChecked) return {};
  auto sound = database.number("SELECT quick_check = 'ok' FROM pragma_quick_check(1)");
  if (!sound) return fail(sound.error());
  if (*sound == 1) return {};
  return fail(error_of(nullptr, SQLITE_CORRUPT, *database.path()));
}

// Of a last page that is cut short SQLite would read the rest as zeros.
Expected<void> check_size(Database::Impl& database) {
  auto octets = database.number("PRAGMA page_size");
  if (!octets) return fail(octets.error());
  if (size_of(*database.path()) % *octets == 0) return {};
  return fail(error_of(nullptr, SQLITE_CORRUPT, *database.path()));
}

// SQLite opens an immutable file without locks and makes nothing beside it.
Expected<void> probe(const std::string& path, const Schema& schema) {
  Database::Impl database(path);
  auto good = database.connect_immutable();
  if (good) good = check_identity(database, schema);
  return good ? check_size(database) : good;
}

// While a log is written into the file, the file may look damaged: then the log decides.
Expected<void> examine(const std::string& path, const Schema& schema) {
  auto seen = probe(path, schema);
  if (seen || has_log(path)) return {};
  seen = probe(path, schema);
  return seen || has_log(path) ? Expected<void>{} : seen;
}

Expected<void> migrate(Database::Impl& database, const Schema& schema) {
  auto version = database.number("PRAGMA user_version");
  if (!version) return fail(version.error());
  for (auto next = *version; next < schema.version(); ++next) {
    auto done = database.execute(schema.migrations[static_cast<std::size_t>(next)]);
    if (!done) return done;
  }
  return database.execute("PRAGMA user_version=" + std::to_string(schema.version()));
}

Expected<void> migrate_if_older(Database::Impl& database, const Schema& schema) {
  auto version = database.number("PRAGMA user_version");
  if (!version) return fail(version.error());
  if (*version == schema.version()) return {};
  if (database.is_read_only())
    return fail(Error::Kind::temporary, *database.path(),
                "is of an older version and cannot be changed: open it once as its owner");
  // Another program may have been quicker: the version is read again inside.
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun;
  auto done = migrate(database, schema);
  return done ? database.execute("COMMIT") : done;
}

// A new store as octets, so that it can appear whole. An image made in memory knows no log.
Expected<std::vector<char>> image_of(const Schema& schema) {
  Database::Impl database("new store");
  if (auto made = database.connect_memory(); !made) return fail(made.error());
  auto named = database.execute("PRAGMA application_id=" + std::to_string(schema.application_id));
  if (auto done = named ? migrate(database, schema) : named; !done) return fail(done.error());
  sqlite3_int64 size = 0;
  std::unique_ptr<unsigned char, void (*)(void*)> octets(
      sqlite3_serialize(database.get(), "main", &size, 0), sqlite3_free);
  if (!octets) return fail(error_of(nullptr, SQLITE_NOMEM, {}));
  std::vector<char> image(octets.get(), octets.get() + size);
  image[kWriteVersion] = image[kReadVersion] = 2;
  return image;
}

Expected<void> make(const std::string& path, const Schema& schema) {
  auto image = image_of(schema);
  if (!image) return fail(image.error());
  return make_file(path, {image->data(), image->size()});
}

Expected<void> prepare_to_write(Database::Impl& database) {
  if (database.is_read_only()) return fail(error_of(nullptr, SQLITE_READONLY, *database.path()));
  // 16 MiB of pages; what is left of a log after it went into the file is cut to that, too.
  return database.execute(
      "PRAGMA journal_mode=WAL; PRAGMA cache_size=-16384; PRAGMA journal_size_limit=16777216");
}

// The log needs a file beside the store that every reader can write to. Where that cannot be, and
// nobody else has made one, the file alone is the store: SQLite would make what others could not
// write to, and leave it.
Expected<void> connect_to_read(Database::Impl& database) {
  const auto& path = *database.path();
  bool writable = is_writable(path);
  if (!writable && !is_in_use(path)) return database.connect_immutable();
  auto opened = database.connect_file(writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  auto seen = opened ? database.number("PRAGMA user_version") : fail(opened.error());
  if (seen || writable || has_log(path)) return opened;
  return database.connect_immutable();
}

Expected<void> connect_to_write(Database::Impl& database) {
  const auto& path = *database.path();
  if (!is_writable(path)) return fail(error_of(nullptr, SQLITE_READONLY, path));
  auto opened = database.connect_file(SQLITE_OPEN_READWRITE);
  return opened ? prepare_to_write(database) : opened;
}

Expected<void> check(Database::Impl& database, const Schema& schema) {
  auto good = check_identity(database, schema);
  if (good) good = check_pages(database);
  return good;
}

}  // namespace

Expected<Database> Database::open(const std::string& path, Access access, const Schema& schema) {
  if (access == Access::write)
    if (auto made = make_folder(path); !made) return fail(made.error());
  auto presence = look_for(path);
  if (!presence) return fail(presence.error());
  if (*presence == Presence::missing) {
    if (access == Access::read)
      return fail(Error::Kind::input, path,
                  "there is no store; `list create` or `import` makes it");
    if (auto name = resolved(path); !name) return fail(name.error());
    if (auto made = make(path, schema); !made) return fail(made.error());
  }
  if (auto good = examine(path, schema); !good) return fail(good.error());

  bool had_log = has_log(path);
  auto impl = std::make_unique<Impl>(path);
  auto good = access == Access::write ? connect_to_write(*impl) : connect_to_read(*impl);
  if (good) good = check(*impl, schema);
  if (good) good = migrate_if_older(*impl, schema);
  if (good && access == Access::read) good = impl->execute("PRAGMA query_only=ON");
  if (good) return Database(std::move(impl));
  if (had_log) impl->keep_hands_off();
  return fail(good.error());
}

Expected<Database> Database::in_memory(const Schema& schema) {
  auto impl = std::make_unique<Impl>("new store");
  auto good = impl->connect_memory();
  if (good) good = migrate(*impl, schema);
  if (good) return Database(std::move(impl));
  return fail(good.error());
}

}  // namespace mailtrust::store
