#pragma once
// What a report says besides its records. RFC 7489 appendix C, RFC 9990 section 4.

#include <cstdint>
#include <optional>
#include <string_view>

#include "report/aggregate.hpp"
#include "report/record_reader.hpp"
#include "report/xml.hpp"

namespace mailtrust::report {

/// `top` is what stands around the records.
Metadata read_metadata(Element top, const FaultSink& fault);

/// Are both halves there, who reports and on which policy?
bool has_metadata(Element top);

/// Unix seconds, with or without a fraction; milliseconds; or a date (RFC 3339, RFC 5322).
std::optional<std::int64_t> read_time(std::string_view text);

}  // namespace mailtrust::report
