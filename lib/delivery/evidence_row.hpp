#pragma once
// Evidence as a row of the store. For lib/delivery only.

#include <string>

#include "delivery/evidence.hpp"
#include "store/statement.hpp"

namespace mailtrust::delivery {

/// Columns in the order of read_evidence() and put_evidence().
inline constexpr const char* kEvidenceColumns =
    "address, hard_count, hard_first, hard_last, hard_reason, hard_rule, hard_reply, soft_count, "
    "soft_first, soft_last, soft_reason, soft_rule, soft_reply, soft_weeks, delivered, recent, "
    "touched";

/// Of all columns but the first.
Evidence read_evidence(const store::Statement& row);

/// Runs the statement for it.
Expected<void> put_evidence(store::Statement& statement, const std::string& address,
                            const Evidence& evidence);

}  // namespace mailtrust::delivery
