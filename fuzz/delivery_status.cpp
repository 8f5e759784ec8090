// message/delivery-status (RFC 3464, RFC 6533): groups of fields, xtext and its UTF-8 kind.
#include "bounce/delivery_status.hpp"

#include "bounce/line_ends.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;

MAILTRUST_FUZZ(delivery_status, octets) {
  auto status = bounce::read_delivery_status(octets);
  require(status.recipients.size() <= bounce::kMostCollected, "no more than are told, and one");
  for (const auto& failure : status.recipients) {
    require(failure.address.size() <= octets.size(), "an address stands in its field");
    // ISO-2022-JP has three octets of UTF-8 in two.
    require(failure.diagnostic.size() <= 2 * octets.size(), "and so does what was said");
    require(failure.code == 0 || (failure.code >= 200 && failure.code <= 599), "a code of SMTP");
  }
  if (!fuzz::is_one_of(4, octets) || bounce::has_lone_cr(octets)) return;
  auto again = bounce::read_delivery_status(bounce::with_lf(octets));
  require(again.recipients.size() == status.recipients.size(), "line ends make no recipient");
  for (std::size_t i = 0; i < again.recipients.size(); ++i)
    require(again.recipients[i].address == status.recipients[i].address, "nor another one");
}
