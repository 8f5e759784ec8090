#include "store/cache.hpp"

#include <utility>

#include "base/limits.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"

namespace mailtrust::store {
namespace {

Cached read_row(const Statement& row) {
  return {std::string(row.text(0)), row.integer(1), row.integer_or_null(2),
          std::string(row.blob(3))};
}

}  // namespace

Expected<Cache> Cache::open(const std::string& path, Access access) {
  auto database = Database::open(path, access, schema());
  if (!database) return fail(database.error());
  return Cache(std::move(*database));
}

Expected<std::optional<Cached>> Cache::get(std::string_view kind, std::string_view key) {
  auto query = database_.prepare(
      "SELECT key, fetched, expires, value FROM cache WHERE kind = ?1 AND key = ?2");
  if (!query) return fail(query.error());
  auto found = query->bind_text(1, kind).bind_text(2, key).step();
  if (!found) return fail(found.error());
  if (!*found) return std::optional<Cached>{};
  return read_row(*query);
}

Expected<std::vector<Cached>> Cache::all(std::string_view kind) {
  auto query = database_.prepare(
      "SELECT key, fetched, expires, value FROM cache WHERE kind = ?1 ORDER BY key");
  if (!query) return fail(query.error());
  query->bind_text(1, kind);
  std::vector<Cached> out;
  auto read = each_row(*query, [&] { out.push_back(read_row(*query)); });
  if (!read) return fail(read.error());
  return out;
}

Expected<Cached> Cache::keep_first(std::string_view kind, const Cached& value) {
  auto transaction = Transaction::write(database_);
  if (!transaction) return fail(transaction.error());
  auto kept = get(kind, value.key);
  if (!kept) return fail(kept.error());
  if (*kept) return **std::move(kept);
  auto done = insert(kind, {value});
  if (done) done = transaction->commit();
  if (!done) return fail(done.error());
  return value;
}

Expected<void> Cache::put(std::string_view kind, const std::vector<Cached>& values) {
  auto transaction = Transaction::write(database_);
  if (!transaction) return fail(transaction.error());
  auto done = insert(kind, values);
  return done ? transaction->commit() : done;
}

Expected<void> Cache::insert(std::string_view kind, const std::vector<Cached>& values) {
  auto statement = database_.prepare(
      "INSERT OR REPLACE INTO cache(kind, key, fetched, expires, value) VALUES(?1, ?2, ?3, ?4, "
      "?5)");
  if (!statement) return fail(statement.error());
  statement->bind_text(1, kind);
  for (const auto& value : values) {
    if (value.value.size() > limits::kStoreValue)
      return fail(Error::Kind::input, value.key,
                  "larger than " + std::to_string(limits::kStoreValue) + " octets: not cached");
    statement->bind_text(2, value.key).bind(3, value.fetched).bind(4, value.expires);
    if (auto done = statement->bind_blob(5, value.value).run(); !done) return done;
  }
  return {};
}

Expected<void> Cache::forget_expired(std::string_view kind, std::int64_t now) {
  auto transaction = Transaction::write(database_);
  if (!transaction) return fail(transaction.error());
  auto statement = database_.prepare("DELETE FROM cache WHERE kind = ?1 AND expires <= ?2");
  if (!statement) return fail(statement.error());
  if (auto done = statement->bind_text(1, kind).bind(2, now).run(); !done) return done;
  return transaction->commit();
}

}  // namespace mailtrust::store
