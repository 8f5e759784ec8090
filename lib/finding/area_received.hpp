#pragma once
// Findings about the way a message took. RFC 5321 section 4.4.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kReceived = std::to_array<Entry>({
    {"received.chain-break", Severity::warning, "RFC 5321 section 4.4",
     "A Received field that does not fit the one above",
     "Each server writes a field that says from whom it took the message and by whom, itself. The "
     "server of the next older field should be the client of this one: the same name, the name it "
     "said, its address, or a host of the same domain. Here it is not.\n"
     "\n"
     "That is what forged fields look like: a sender puts them under its own message to lead "
     "complaints elsewhere. Servers with internal names do it too. Either way the fields below the "
     "hand-over are the sender's word, and the origin does not rest on them.\n"
     "\n"
     "Write to the origin that was named, and to nobody whom only these fields name."},
    {"received.helo-mismatch", Severity::info, "RFC 5321 section 4.1.4",
     "The client called itself what it is not",
     "In HELO or EHLO the client gave an address that is not the one it was connected from, or the "
     "name of the server it was talking to. Mail programs behind a translating router say the "
     "address they have inside; a mail server that does so is set up wrong or lies.\n"
     "\n"
     "If the client is yours, give it its own name: a host name that has an address."},
    {"received.no-origin", Severity::error, "RFC 5321 section 4.4", "No origin can be named",
     "No field that one has reason to believe shows a public address. Addresses in other fields "
     "may "
     "be right, and may be invented by whoever sent the message; a complaint that rests on them "
     "hits the wrong people.\n"
     "\n"
     "When a gateway or a load balancer in front of the server hides the client, let it pass the "
     "address on (the PROXY protocol, XCLIENT), or take the message from the gateway's own log. "
     "When relays of your own have public addresses, name them with --trusted, so that what they "
     "wrote is believed."},
    {"received.time-travel", Severity::warning, "RFC 5321 section 4.4",
     "A hop that is older than the one before it",
     "A server's date is more than five minutes older than that of the server it took the message "
     "from. Either a clock is wrong, or the older field was made up.\n"
     "\n"
     "On servers of your own set the clock by NTP: delays, logs and signatures depend on it. Below "
     "the hand-over it says that those fields cannot be relied on."},
    {"received.too-many-hops", Severity::warning, "RFC 5321 section 6.3",
     "More Received fields than are read",
     "A message that passed a hundred servers is in a loop, and servers refuse it. One with more "
     "than a thousand fields was made by hand. The fields beyond that were not looked at.\n"
     "\n"
     "Look for a loop: an alias or a rule that sends the message back to where it came from."},
    {"received.waited", Severity::info, "RFC 5321 section 4.5.4.1", "It waited long at one server",
     "Between two fields lies more time than handing a message on takes: it lay in a queue because "
     "the next server was away, refused it for a while (greylisting) or was slow, or a filter held "
     "it.\n"
     "\n"
     "The queue's log on the host that is named says why. When it is the sender's, only they can "
     "look; when it is the first field of your own server, greylisting or too few connections are "
     "the usual reasons."},
});

}  // namespace mailtrust::finding
