#include "list/covering.hpp"

#include <memory>
#include <mutex>
#include <utility>

#include "list/list_id.hpp"
#include "list/row.hpp"
#include "store/database.hpp"
#include "store/rows.hpp"

namespace mailtrust::list {
namespace {

// ?1 the list, ?2 now: what is paused or has expired has no say.
constexpr std::string_view kInForce =
    "list = ?1 AND state = 0 AND (expires IS NULL OR expires > ?2)";

std::string select(std::string_view columns, std::string_view where) {
  return "SELECT " + std::string(columns) + " FROM entry WHERE " + std::string(kInForce) + ' ' +
         std::string(where);
}

Entry prefix_around(const Block& address, unsigned length) {
  auto bits = width(address.family) - length;
  auto hosts = bits == 128 ? ~net::Uint128{0} : (net::Uint128{1} << bits) - 1;
  auto kind = bits == 0 ? Kind::address : Kind::prefix;
  return {kind, {address.family, address.first & ~hosts, address.first | hosts}, {}};
}

// All lists there are, when none is named.
Expected<std::vector<std::string>> wanted_names(Store& store,
                                                const std::vector<std::string>& names) {
  if (!names.empty()) return names;
  auto all = store.lists();
  if (!all) return fail(all.error());
  std::vector<std::string> found;
  for (const auto& listed : *all) found.push_back(listed.name);
  return found;
}

}  // namespace

Expected<Covering> Covering::open(Store& store, const std::string& name, std::int64_t now) {
  auto listed = store.find(name);
  if (!listed) return fail(listed.error());
  if (!*listed) return no_such_list(name);
  auto& database = store.database();
  auto id = id_of_list(database, name);
  if (!id) return fail(id.error());
  auto exact = database.prepare(select("key, comment", "AND key = ?3"));
  if (!exact) return fail(exact.error());
  auto ranges = database.prepare(select("key, comment", "AND key >= ?3 AND key <= ?4"));
  if (!ranges) return fail(ranges.error());
  auto any = database.prepare(select("1", "LIMIT 1"));
  if (!any) return fail(any.error());
  auto found = any->bind(1, *id).bind(2, now).step();
  if (!found) return fail(found.error());
  Covering covering(std::move(**listed), *id, now, std::move(*exact), std::move(*ranges));
  covering.empty_ = !*found;
  return covering;
}

Expected<std::vector<Voice>> Covering::find(const Visitor& visitor) {
  std::vector<Voice> voices;
  auto address = block_of(visitor.address.unmapped());
  for (unsigned length = 0; length <= width(address.family); ++length)
    if (auto done = look_up(prefix_around(address, length), voices); !done)
      return fail(done.error());
  if (auto done = look_up_ranges(address, voices); !done) return fail(done.error());
  if (auto at = visitor.mailbox.rfind('@'); at != std::string::npos) {
    for (const Entry& entry : {Entry{Kind::mailbox, {}, visitor.mailbox},
                               Entry{Kind::domain, {}, visitor.mailbox.substr(at + 1)}})
      if (auto done = look_up(entry, voices); !done) return fail(done.error());
  }
  if (listed_.exclusive && listed_.verdict == Verdict::allow && !empty_ && voices.empty())
    voices.push_back({listed_.name, Verdict::deny, {}, "admits only those listed"});
  return voices;
}

Expected<void> Covering::look_up(const Entry& entry, std::vector<Voice>& voices) {
  auto key = key_of(entry);
  auto found = exact_.bind(1, list_).bind(2, now_).bind_blob(3, key).step();
  if (!found) return fail(found.error());
  auto taken = *found ? take(exact_, voices) : Expected<void>{};
  exact_.reset();
  return taken;
}

// Keys of ranges begin with the first address, then comes the complement of the last.
Expected<void> Covering::look_up_ranges(const Block& address, std::vector<Voice>& voices) {
  auto zero = net::address_of(address.family, 0);
  auto last = block_of(net::Prefix{zero, 0}).last;
  auto from = key_of({Kind::range, {address.family, 0, last}, {}});
  auto upto = key_of({Kind::range, {address.family, address.first, address.first}, {}});
  ranges_.bind(1, list_).bind(2, now_).bind_blob(3, from).bind_blob(4, upto);
  return store::each_row(ranges_, [&]() -> Expected<bool> {
    auto entry = entry_from(ranges_.blob(0));
    if (entry && !entry->block.contains(address)) return true;
    if (auto taken = take(ranges_, voices); !taken) return fail(taken.error());
    return true;
  });
}

Expected<void> Covering::take(const store::Statement& query, std::vector<Voice>& voices) const {
  auto entry = entry_from(query.blob(0));
  if (!entry) return fail(Error::Kind::input, listed_.name, "is damaged: an entry cannot be read");
  voices.push_back({listed_.name, listed_.verdict, std::move(entry), std::string(query.text(1))});
  return {};
}

Expected<KeptLists> members_of_store(const std::string& path, const std::vector<std::string>& names,
                                     std::int64_t now) {
  struct Shared {
    explicit Shared(Store opened) : store(std::move(opened)) {}

    std::mutex mutex;
    Store store;
    std::vector<Covering> lists;
  };

  auto store = Store::open(path, Store::Access::read);
  if (!store) return fail(store.error());
  auto shared = std::make_shared<Shared>(std::move(*store));
  auto wanted = wanted_names(shared->store, names);
  if (!wanted) return fail(wanted.error());
  KeptLists kept;
  for (const auto& name : *wanted) {
    auto opened = Covering::open(shared->store, name, now);
    if (!opened) return fail(opened.error());
    if (opened->admits_everyone()) kept.admit_everyone.push_back(name);
    shared->lists.push_back(std::move(*opened));
    kept.members.emplace_back([shared, at = shared->lists.size() - 1](const Visitor& visitor) {
      std::lock_guard lock(shared->mutex);
      return shared->lists[at].find(visitor);
    });
  }
  return kept;
}

}  // namespace mailtrust::list
