#include "store/database.hpp"

#include <array>
#include <filesystem>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "store/bulk.hpp"
#include "store/cache.hpp"
#include "store/place_for_test.hpp"
#include "store/schema.hpp"

using namespace mailtrust;
using store::Access;
using store::Database;

namespace {

constexpr std::int32_t kId = 0x1234;
constexpr auto kOne = std::to_array<std::string_view>({"CREATE TABLE t(a INTEGER) STRICT;"});
constexpr auto kTwo = std::to_array<std::string_view>(
    {kOne[0], "ALTER TABLE t ADD COLUMN b TEXT; UPDATE t SET b = 'was ' || a;"});
constexpr auto kBroken = std::to_array<std::string_view>(
    {kOne[0], "ALTER TABLE t ADD COLUMN b TEXT; UPDATE nothing SET b = 1;"});

store::Schema schema_of(std::span<const std::string_view> migrations) {
  return {kId, migrations};
}

Database open(const std::string& path, std::span<const std::string_view> migrations = kOne) {
  auto database = Database::open(path, Access::write, schema_of(migrations));
  if (!database) FAIL(database.error().message);
  return *std::move(database);
}

std::int64_t number(Database& database, const std::string& sql) {
  auto query = database.prepare(sql);
  REQUIRE(query.has_value());
  REQUIRE(query->step().value());
  return query->integer(0);
}

std::string text(Database& database, const std::string& sql) {
  auto query = database.prepare(sql);
  REQUIRE(query.has_value());
  REQUIRE(query->step().value());
  return std::string(query->text(0));
}

mode_t mode_of(const std::string& path) {
  struct stat found {};

  REQUIRE(::stat(path.c_str(), &found) == 0);
  return found.st_mode & 0777U;
}

}  // namespace

TEST_CASE("a new store has the settings that were promised") {
  Place place;
  auto database = open(place.path("a/b/store.db"));
  CHECK(text(database, "PRAGMA journal_mode") == "wal");
  CHECK(number(database, "PRAGMA synchronous") == 2);
  CHECK(number(database, "PRAGMA trusted_schema") == 0);
  CHECK(number(database, "PRAGMA cell_size_check") == 1);
  CHECK(number(database, "PRAGMA application_id") == kId);
  CHECK(number(database, "PRAGMA user_version") == 1);
  CHECK_FALSE(database.execute("CREATE TABLE sqlite_other(a)").has_value());
  CHECK_FALSE(database.execute("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = ''"));
  CHECK_FALSE(database.execute("ATTACH '" + place.path("other.db") + "' AS other").has_value());
  CHECK(mode_of(place.path("a/b/store.db")) == 0600);
  CHECK(mode_of(place.path("a")) == 0700);
}

TEST_CASE("a store that is closed leaves one file") {
  Place place;
  { REQUIRE(open(place.path("store.db")).execute("INSERT INTO t VALUES(1)").has_value()); }
  CHECK(place.files() == 1);
}

TEST_CASE("what is not committed did not happen") {
  Place place;
  auto database = open(place.path("store.db"));
  {
    auto transaction = store::Transaction::write(database);
    REQUIRE(transaction.has_value());
    REQUIRE(database.execute("INSERT INTO t VALUES(1)").has_value());
  }
  CHECK(number(database, "SELECT count(*) FROM t") == 0);
  auto transaction = store::Transaction::write(database);
  REQUIRE(database.execute("INSERT INTO t VALUES(1)").has_value());
  REQUIRE(transaction->commit().has_value());
  CHECK(number(database, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("an older store is migrated, once, and whole or not at all") {
  Place place;
  auto path = place.path("store.db");
  { REQUIRE(open(path).execute("INSERT INTO t VALUES(7)").has_value()); }
  auto before = place.read("store.db");
  auto failed = Database::open(path, Access::write, schema_of(kBroken));
  REQUIRE_FALSE(failed.has_value());
  CHECK(place.read("store.db") == before);
  auto database = open(path, kTwo);
  CHECK(number(database, "PRAGMA user_version") == 2);
  CHECK(text(database, "SELECT b FROM t") == "was 7");
  auto again = open(path, kTwo);
  CHECK(text(again, "SELECT b FROM t") == "was 7");
}

TEST_CASE("an older store is migrated by who only reads, and changed in nothing else") {
  Place place;
  auto path = place.path("store.db");
  { REQUIRE(open(path).execute("INSERT INTO t VALUES(7)").has_value()); }
  auto database = Database::open(path, Access::read, schema_of(kTwo));
  REQUIRE(database.has_value());
  CHECK(text(*database, "SELECT b FROM t") == "was 7");
  CHECK_FALSE(database->execute("DELETE FROM t").has_value());
}

TEST_CASE("what is not ours is refused and left alone") {
  Place place;
  auto path = place.path("store.db");
  { REQUIRE(open(path, kTwo).execute("INSERT INTO t VALUES(7, 'x')").has_value()); }
  auto newer = Database::open(path, Access::write, schema_of(kOne));
  REQUIRE_FALSE(newer.has_value());
  CHECK(newer.error().kind == Error::Kind::input);
  CHECK(
      newer.error().message ==
      "is of version 2, made by a newer mailtrust (this one knows up to 1), and is left as it is");
  auto foreign = Database::open(path, Access::read, {kId + 1, kTwo});
  REQUIRE_FALSE(foreign.has_value());
  CHECK(foreign.error().message == "belongs to another program, and is left as it is");
  std::filesystem::create_symlink(path, place.path("link.db"));
  CHECK_FALSE(Database::open(place.path("link.db"), Access::read, schema_of(kTwo)).has_value());
  CHECK_FALSE(Database::open(place.path("no.db"), Access::read, schema_of(kTwo)).has_value());
  CHECK(place.files() == 2);
}

TEST_CASE("names that mean something in a URI are only names") {
  Place place;
  auto path = place.path("a?b#c%41 \xc3\xa4.db");
  { REQUIRE(open(path).execute("INSERT INTO t VALUES(1)").has_value()); }
  {
    auto database = open(path);
    CHECK(number(database, "SELECT a FROM t") == 1);
  }
  CHECK(place.files() == 1);
}

TEST_CASE("many rows by one statement, until the source fails") {
  Place place;
  auto database = open(place.path("store.db"));
  std::int64_t next = 0;
  auto rows = [&](std::int64_t end, std::int64_t bad) {
    return [&next, end, bad](std::span<store::Cell> cells) -> Expected<bool> {
      if (next == bad) return fail(Error::Kind::input, "here", "no more");
      cells[0] = {store::Cell::Type::integer, next++, {}};
      return next <= end;
    };
  };
  REQUIRE(store::insert_rows(database, "t", "a", 1, rows(1000, -1)).has_value());
  CHECK(number(database, "SELECT count(*) * 1000 + max(a) FROM t") == 1000 * 1000 + 999);
  next = 0;
  auto failed = store::insert_rows(database, "t", "a", 1, rows(1000, 10));
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().message == "no more");
  CHECK(number(database, "SELECT count(*) FROM t") == 1000);
}

TEST_CASE("the cache keeps octets by kind and key") {
  Place place;
  auto path = place.path("store.db");
  REQUIRE_FALSE(store::Cache::open(path, Access::read).has_value());
  std::string octets("a\0b", 3);
  {
    auto cache = store::Cache::open(path, Access::write);
    REQUIRE(cache.has_value());
    REQUIRE(cache->put("rdap", {{"192.0.2.0/24", 100, 200, octets}, {"a", 1, std::nullopt, ""}}));
    REQUIRE(cache->put("other", {{"a", 5, std::nullopt, "x"}}));
    REQUIRE(cache->put("rdap", {{"a", 2, std::nullopt, "new"}}));
  }
  auto cache = store::Cache::open(path, Access::read);
  REQUIRE(cache.has_value());
  auto found = cache->get("rdap", "192.0.2.0/24");
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  CHECK((**found).value == octets);
  CHECK((**found).expires == 200);
  CHECK_FALSE(cache->get("rdap", "b")->has_value());
  auto all = cache->all("rdap");
  REQUIRE(all->size() == 2);
  CHECK((*all)[1].value == "new");
  CHECK((*all)[1].fetched == 2);
}
