#pragma once
// One incident as an X-XARF report, version 4, category messaging, type spam. https://xarf.org,
// schemas/v4/xarf-core.json and types/messaging-spam.json as of 2026.

#include <cstdint>
#include <string>

#include "complaint/incident.hpp"
#include "json/value.hpp"
#include "net/address.hpp"

namespace mailtrust::complaint {

/// `contact` is who reports, a plain mailbox; `now` stands in where nothing tells when the message
/// came; of a message over limits::kXarfEvidence it holds the header. One incident is one report,
/// and the same input gives the same report_id.
///
/// The schema wants source_port and smtp_from of whatever came by SMTP. The port is not known: it
/// is given as 25, as in the samples of XARF, and `description` says so. Without a sender (a
/// bounce, or none told) the protocol is "other".
json::Value write_xarf(const Incident& incident, const net::Address& source,
                       const std::string& contact, std::int64_t now);

}  // namespace mailtrust::complaint
