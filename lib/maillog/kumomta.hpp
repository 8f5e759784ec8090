#pragma once
// Records of KumoMTA, one JSON object a line. docs.kumomta.com, "Log Record".

#include <cstdint>
#include <string_view>

#include "json/value.hpp"
#include "maillog/ledger.hpp"

namespace mailtrust::maillog {

Outcome read_kumomta(const json::Value& record, Ledger& ledger);

}  // namespace mailtrust::maillog
