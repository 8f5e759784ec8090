#pragma once
// What servers write into Received fields beside the standard's words, and what they mean by it. A
// table of facts: dialects.inc.

#include <span>
#include <string_view>

#include "received/tokens.hpp"

namespace mailtrust::received {

/// Where a mark stands.
enum class Place {
  protocol,      ///< begins the value of "with" or "via"
  server,        ///< begins a comment behind "by", "with", "via" or "id"
  comment,       ///< begins a comment of any clause; a blank, `:`, `,` or its end follows
  comment_part,  ///< stands in a comment behind "by", "with", "id" or "for", between blanks
  word,          ///< is a word behind "by", "with", "id" or "for"
  no_name,       ///< stands where the client's name would
};

// What a mark means, as bits.
inline constexpr unsigned kAuthenticated = 1;   ///< the client showed who it is (RFC 4954)
inline constexpr unsigned kWeb = 2;             ///< over HTTP: whoever sat at the browser
inline constexpr unsigned kFetched = 4;         ///< from a mailbox: the peer is its server
inline constexpr unsigned kLocal = 8;           ///< no client on the network: LMTP, UUCP, a filter
inline constexpr unsigned kNamesVerified = 16;  ///< a name in front leads back to the address
inline constexpr unsigned kPeerFirst = 32;      ///< a lone address behind "from" is the peer's
inline constexpr unsigned kNoName = 64;         ///< says that there is no name
inline constexpr unsigned kUserFirst = 128;     ///< the word behind "from" is a user of the host

/// One row.
struct Mark {
  Place place = Place::comment;
  std::string_view text;  ///< without regard to case
  unsigned means = 0;
  std::string_view server;  ///< who writes it
  std::string_view seen;    ///< the day it was last checked
};

std::span<const Mark> marks();

/// What the marks in a field mean, joined.
unsigned traits(const Clauses& clauses);

/// Is this, in the place of a name, no name: "unknown", "NXDOMAIN"?
bool is_no_name(std::string_view name);

}  // namespace mailtrust::received
