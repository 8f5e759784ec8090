#pragma once
// What counts are kept by: domains of recipients, sending addresses.

#include <string>
#include <string_view>

namespace mailtrust::delivery {

/// What stands behind the last `@`, in lower case; the whole when there is none and it looks like a
/// domain; empty when it does not. A view of `room` or of `address`.
std::string_view domain_of(std::string_view address, std::string& room);

/// A sending address in lower case, with what differs from message to message left out, so that
/// mailing lists and forwarders are one sender: `bounce+user=example.net@list.example` and
/// `bounce-user=...@` (VERP) become `bounce+*@list.example`, `prvs=tag=user@` (BATV) `user@`,
/// `SRS0=...@` `srs0=*@`. The null reverse-path is `<>`. A view of `room` or of `address`.
std::string_view sender_of(std::string_view address, std::string& room);

/// An address as evidence is kept by: in lower case, without the brackets of a path.
std::string_view mailbox_of(std::string_view address, std::string& room);

}  // namespace mailtrust::delivery
