#include "list/list_id.hpp"

namespace mailtrust::list {

Unexpected no_such_list(std::string_view name) {
  return fail(Error::Kind::input, name, "no such list; `list show` tells which there are");
}

Expected<std::int64_t> id_of_list(store::Database& database, std::string_view name) {
  auto query = database.prepare("SELECT id FROM list WHERE name = ?1 AND dropped = 0");
  if (!query) return fail(query.error());
  auto found = query->bind_text(1, name).step();
  if (!found) return fail(found.error());
  if (!*found) return no_such_list(name);
  return query->integer(0);
}

}  // namespace mailtrust::list
