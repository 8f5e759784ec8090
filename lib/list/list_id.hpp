#pragma once
// Which list of the store has a name. For lib/list only.

#include <cstdint>
#include <string_view>

#include "base/expected.hpp"
#include "store/database.hpp"

namespace mailtrust::list {

/// Of kind input.
Unexpected no_such_list(std::string_view name);

/// The id of a list that is there.
Expected<std::int64_t> id_of_list(store::Database& database, std::string_view name);

}  // namespace mailtrust::list
