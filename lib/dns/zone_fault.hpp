#pragma once
// Answers made on purpose, as comment directives of master files:
//
//     ; !timeout  NAME TYPE|ANY            no answer in time
//     ; !servfail NAME TYPE|ANY [REASON]   could not tell, for another reason: "refused"...
//     ; !nodata   NAME TYPE|ANY            no such record, whatever the file holds
//     ; !nxdomain NAME TYPE|ANY            no such name, whatever the file holds
//
// NAME is relative to `$ORIGIN` as in records, which is the root until set. Other readers of
// master files take them for comments.

#include <optional>
#include <span>
#include <string>

#include "dns/zone_data.hpp"
#include "dns/zone_file.hpp"

namespace mailtrust::dns {

/// The fault that the fields after `; !` stand for, or nothing after telling `errors` why not.
std::optional<ZoneFault> read_fault(std::span<const Token> tokens, const Name& origin,
                                    ZoneErrors& errors);

/// The line, with its end, that reads back as this fault. Its status must not be found.
std::string to_zone_line(const ZoneFault& fault);

}  // namespace mailtrust::dns
