#pragma once
// The grammar of a line of Exim's main log: the message id, addresses, the fields behind them.

#include <string_view>

#include "maillog/cursor.hpp"

namespace mailtrust::maillog::exim {

/// "1abcde-000001-AB " (16 octets, 23 since Exim 4.97), stepped over; empty where none stands.
std::string_view read_id(Cursor& line);

/// "[4711] " (log_selector = +pid), stepped over.
void skip_pid(Cursor& line);

struct Fields {
  std::string_view sender;  ///< F=
  bool sender_known = false;
  Host host;                      ///< H=
  std::string_view source_ip;     ///< I=
  std::string_view confirmation;  ///< C=, quotes and escapes left in
};

/// The fields behind an address, up to what is none. Each begins behind one space; what follows the
/// last one is left: " defer (-1): ...", ": text", " rejected RCPT ...".
Fields read_fields(Cursor& line);

struct Addresses {
  std::string_view recipient;
  std::string_view original;
};

/// "a@b", "a@b <c@d>", "user <user@b>", "|/a/pipe <c@d>", "a@b (e@f) <c@d>". For a user, a file or
/// a pipe of this host the recipient is the address that led there.
Addresses read_addresses(Cursor& line);

}  // namespace mailtrust::maillog::exim
