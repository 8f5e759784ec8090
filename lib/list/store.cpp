#include "list/store.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <utility>

#include <unistd.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "list/list_id.hpp"
#include "list/row.hpp"
#include "store/database.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"

namespace mailtrust::list {
namespace {

constexpr std::size_t kLongestName = 64;

bool is_name_character(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

Unexpected damaged(const std::string& path) {
  return fail(Error::Kind::input, path, "is damaged: an entry cannot be read");
}

struct Origin {
  std::int64_t at = 0;
  std::string file;
};

using Origins = std::unordered_map<std::int64_t, Origin>;

Expected<Origins> origins_of(store::Database& database, std::int64_t list) {
  auto query = database.prepare(
      "SELECT origin.id, operation.at, origin.file FROM operation "
      "JOIN origin ON origin.operation = operation.id WHERE operation.list = ?1");
  if (!query) return fail(query.error());
  query->bind(1, list);
  Origins origins;
  auto read = store::each_row(*query, [&] {
    origins[query->integer(0)] = {query->integer(1), std::string(query->text(2))};
  });
  if (!read) return fail(read.error());
  return origins;
}

// Fills what people see from a key and a row.
bool fill(Stored& stored, std::string_view key, Row& row, const Origins& origins) {
  auto entry = entry_from(key);
  auto origin = origins.find(row.origin);
  if (!entry || origin == origins.end()) return false;
  stored.entry = *std::move(entry);
  stored.state = row.state;
  stored.comment = std::move(row.comment);
  stored.created = row.created.value_or(origin->second.at);
  // The clock may have gone back between the two.
  stored.updated = std::max(stored.created, origin->second.at);
  stored.expires = row.expires;
  stored.source = origin->second.file;
  if (row.line) stored.source += ':' + std::to_string(*row.line);
  return true;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string_view to_string(State state) {
  return state == State::active ? "active" : "paused";
}

Expected<std::string> parse_list_name(std::string_view text) {
  bool good = !text.empty() && text.size() <= kLongestName && ascii::is_alnum(text[0]);
  for (char c : text) good = good && is_name_character(c);
  if (good) return std::string(text);
  return fail(Error::Kind::usage, "",
              quote(text) +
                  ": not a list name; expected letters, digits, `-`, `_` and `.`, at most "
                  "64, the first a letter or digit");
}

class Store::Impl {
 public:
  explicit Impl(store::Database opened) : database(std::move(opened)) {}

  // A list at one moment, and where its entries came from.
  struct Moment {
    store::Transaction transaction;
    std::int64_t list;
    Origins origins;
  };

  Expected<Moment> look(std::string_view name) {
    auto transaction = store::Transaction::read(database);
    if (!transaction) return fail(transaction.error());
    auto list = id_of_list(database, name);
    if (!list) return fail(list.error());
    auto origins = origins_of(database, *list);
    if (!origins) return fail(origins.error());
    return Moment{std::move(*transaction), *list, std::move(*origins)};
  }

  // Shows the entries of a query until `visit` has seen enough.
  Expected<void> show(store::Statement& query, const Moment& moment,
                      const std::function<bool(const Stored&)>& visit) {
    Stored stored;
    return each_entry(query, [&](std::string_view key, Row& row) -> Expected<bool> {
      if (!fill(stored, key, row, moment.origins)) return damaged(database.path());
      return visit(stored);
    });
  }

  Expected<void> record(std::int64_t list, std::span<const Match> matches) {
    auto statement = database.prepare(
        "INSERT INTO matched(list, key, last, times) SELECT list, key, ?3, ?4 FROM entry "
        "WHERE list = ?1 AND key = ?2 ON CONFLICT DO UPDATE SET "
        "last = max(last, excluded.last), times = times + excluded.times");
    if (!statement) return fail(statement.error());
    statement->bind(1, list);
    for (const auto& match : matches) {
      auto key = key_of(match.entry);
      statement->bind_blob(2, key).bind(3, match.last);
      statement->bind(4, static_cast<std::int64_t>(match.times));
      if (auto done = statement->run(); !done) return done;
    }
    return {};
  }

  store::Database database;
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Expected<Store> Store::open(const std::string& path, Access access) {
  auto wanted = access == Access::read ? store::Access::read : store::Access::write;
  auto database = store::Database::open(path, wanted, store::schema());
  if (!database) return fail(database.error());
  return Store(std::make_unique<Impl>(std::move(*database)));
}

Expected<Store> Store::in_memory() {
  auto database = store::Database::in_memory(store::schema());
  if (!database) return fail(database.error());
  return Store(std::make_unique<Impl>(std::move(*database)));
}

const std::string& Store::path() const {
  return impl_->database.path();
}

store::Database& Store::database() {
  return impl_->database;
}

Expected<std::vector<Listed>> Store::lists() {
  auto query = impl_->database.prepare(
      "SELECT name, verdict, exclusive, created, entries FROM list WHERE dropped = 0 ORDER BY "
      "name");
  if (!query) return fail(query.error());
  std::vector<Listed> out;
  auto read = store::each_row(*query, [&] {
    out.push_back({std::string(query->text(0)),
                   query->integer(1) == 0 ? Verdict::allow : Verdict::deny, query->integer(2) != 0,
                   query->integer(3), static_cast<std::size_t>(query->integer(4))});
  });
  if (!read) return fail(read.error());
  return out;
}

Expected<std::optional<Listed>> Store::find(std::string_view name) {
  auto all = lists();
  if (!all) return fail(all.error());
  for (auto& listed : *all)
    if (listed.name == name) return std::optional(std::move(listed));
  return std::optional<Listed>{};
}

Expected<void> Store::each(std::string_view name, const std::function<bool(const Stored&)>& visit) {
  auto& database = impl_->database;
  auto moment = impl_->look(name);
  if (!moment) return fail(moment.error());
  auto query = database.prepare("SELECT " + std::string(kRowColumns) +
                                ", key FROM entry WHERE list = ?1 ORDER BY key");
  if (!query) return fail(query.error());
  query->bind(1, moment->list);
  return impl_->show(*query, *moment, visit);
}

Expected<std::optional<Stored>> Store::get(std::string_view name, const Entry& entry) {
  auto& database = impl_->database;
  auto moment = impl_->look(name);
  if (!moment) return fail(moment.error());
  auto query = database.prepare(get_entry_sql());
  if (!query) return fail(query.error());
  auto key = key_of(entry);
  auto found = query->bind(1, moment->list).bind_blob(2, key).step();
  if (!found) return fail(found.error());
  if (!*found) return std::optional<Stored>{};
  Stored stored;
  Row row;
  read_row(*query, 0, row);
  if (!fill(stored, key, row, moment->origins)) return damaged(database.path());
  return stored;
}

Expected<void> Store::record_matches(std::span<const ListMatches> lists) {
  auto transaction = store::Transaction::write(impl_->database);
  if (!transaction) return fail(transaction.error());
  for (const auto& one : lists) {
    auto id = id_of_list(impl_->database, one.list);
    if (!id) return fail(id.error());
    if (auto done = impl_->record(*id, one.matches); !done) return done;
  }
  return transaction->commit();
}

Expected<void> Store::stale(std::string_view name, std::int64_t since,
                            const std::function<bool(const Stored&, std::int64_t last)>& visit) {
  auto& database = impl_->database;
  auto moment = impl_->look(name);
  if (!moment) return fail(moment.error());
  auto query = database.prepare(
      "SELECT origin, line, state, created, expires, comment, entry.key, coalesce(last, 0) "
      "FROM entry LEFT JOIN matched ON matched.list = entry.list AND matched.key = entry.key "
      "WHERE entry.list = ?1 AND coalesce(last, ?2 - 1) < ?2 ORDER BY entry.key");
  if (!query) return fail(query.error());
  query->bind(1, moment->list).bind(2, since);
  return impl_->show(*query, *moment, [&](const Stored& stored) {
    return stored.created >= since || visit(stored, query->integer(7));
  });
}

Expected<std::string> store_path(const std::string& option) {
  if (!option.empty()) return option;
  if (auto path = environment("MAILTRUST_STORE"); !path.empty()) return path;
  if (::geteuid() == 0) return std::string("/var/lib/mailtrust/store.db");
  if (auto data = environment("XDG_DATA_HOME"); data.starts_with('/'))
    return data + "/mailtrust/store.db";
  if (auto home = environment("HOME"); !home.empty())
    return home + "/.local/share/mailtrust/store.db";
  return fail(Error::Kind::usage, "--store", "missing, and there is no home folder to keep it in");
}

}  // namespace mailtrust::list
