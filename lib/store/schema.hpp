#pragma once
// The tables of the store, and the steps that lead to them.

#include "store/database.hpp"

namespace mailtrust::store {

/// Version 1 of nothing, 2 of 1, ...: a step that was released is never changed.
Schema schema();

}  // namespace mailtrust::store
