#pragma once
// One message that is complained about: its octets, and what a complaint says of it. Only what the
// receiving servers wrote is said as a fact.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/header.hpp"
#include "received/trace.hpp"

namespace mailtrust::complaint {

struct Incident {
  std::string file;             ///< for people: the message's file, with the index in a mailbox
  std::string octets;           ///< as it came; without an mbox "From " line
  std::size_t header_size = 0;  ///< octets of the header, with the empty line behind it
  message::Header header;
  received::Trace trace;

  std::optional<std::int64_t> arrival;   ///< when it was handed over, by the server that took it
  std::optional<std::string> mail_from;  ///< a plain mailbox; empty: the null reverse-path
  std::vector<std::string> recipients;   ///< plain mailboxes; by receiving servers only
  std::vector<std::string> results;      ///< values of the receiver's Authentication-Results
  std::string author_domain;             ///< of From, where those results vouch for it; else empty
  std::vector<std::string> uris;         ///< http and https, in the text; at most kMaxUris
  std::string subject;                   ///< decoded, clean
  std::string message_id;                ///< clean; with its angle brackets
};

inline constexpr std::size_t kMaxUris = 20;

/// Linear in the size of the message, which is within the limits of message::Reader (they are
/// checked where it was read).
Incident read_incident(std::string file, std::string octets, const received::Trusted& trusted);

/// Why the origin is believed, said by those who complain: our own servers are "ours".
std::string reason_of(const Incident& incident);

/// The web addresses in text, each once, in order; at most `most`.
void collect_uris(std::string_view text, std::size_t most, std::vector<std::string>& uris);

/// The lines of the header, without the empty one that ends it.
std::string_view header_lines(std::string_view octets);

/// Where the body begins: behind the first empty line, or at the end.
std::size_t body_offset(std::string_view octets);

}  // namespace mailtrust::complaint
