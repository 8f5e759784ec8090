#pragma once
// The machine's part of a delivery status notification: message/delivery-status (RFC 3464),
// message/global-delivery-status (RFC 6533).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bounce/failure.hpp"

namespace mailtrust::bounce {

struct DeliveryStatus {
  std::string reporting_mta;  ///< the name without "dns;", in lower case; may be empty
  std::string received_from;
  std::optional<std::int64_t> arrival;  ///< Arrival-Date, Unix seconds
  std::string envelope_id;              ///< Original-Envelope-Id
  std::string sender;                   ///< X-Postfix-Sender and its like; may be empty
  std::vector<Failure> recipients;      ///< one a group of fields, whatever their action
};

/// `text` is the content of the part, decoded. Groups without Final-Recipient and fields that do
/// not parse are read as far as they go; xtext (RFC 3461 section 4) and utf-8-addr-xtext (RFC 6533
/// section 3) are decoded. At most kMostCollected recipients.
DeliveryStatus read_delivery_status(std::string_view text);

}  // namespace mailtrust::bounce
