#pragma once
// Where a message came from: its hops, the one address that can be believed, what it claims
// besides. Only a field written by a machine one has reason to believe proves anything, and it
// proves one thing: which address was connected to that machine.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/header.hpp"
#include "net/address.hpp"
#include "received/field.hpp"
#include "received/trusted.hpp"

namespace mailtrust::received {

/// What a hop's field records.
enum class HopKind {
  smtp,        ///< a hand-over between two hosts
  submission,  ///< by a client that showed who it is (RFC 4954, RFC 6409)
  web,         ///< over HTTP
  local,       ///< picked up on the host, LMTP, a filter: no peer
  fetch,       ///< from a mailbox by IMAP or POP3
};

std::string_view to_string(HopKind kind);

/// A claim that does not hold, told of the hop whose field makes it.
enum class Flag {
  chain_break,    ///< nobody like this host was the client of the next newer hop
  time_travel,    ///< more than 5 minutes older than the hop below
  helo_mismatch,  ///< HELO an address that is not the peer's, or the receiver's own name
};

std::string_view to_string(Flag flag);

struct Hop {
  std::size_t index = 0;  ///< 0: the newest
  Field field;
  HopKind kind = HopKind::smtp;
  std::optional<std::int64_t> time;   ///< Unix seconds
  std::optional<std::int64_t> delay;  ///< seconds since the next older hop with a date; may be < 0
  bool is_believed = false;           ///< the walk came to it: whoever wrote it is believed
  std::vector<Flag> flags;            ///< each once, in the order of the enum
};

enum class Confidence { proven, vouched, none };

std::string_view to_string(Confidence confidence);

struct Origin {
  std::optional<net::Address> ip;
  std::optional<std::size_t> hop;  ///< the hop that shows it
  Confidence confidence = Confidence::none;
  std::string why;  ///< a sentence: "mx.example.org (yours) accepted it from 203.0.113.77; ..."
  std::string provider;  ///< who vouches: "gmail", the id of the provider table; else empty
};

/// What the message says of itself: never believed.
struct Claim {
  std::optional<net::Address> ip;
  std::optional<std::size_t> hop;  ///< or `source` names a field
  std::string source;              ///< "Received", "X-Originating-IP", ...
};

struct Trace {
  std::vector<Hop> hops;     ///< the newest first; at most limits::kReceivedHops
  std::size_t left_out = 0;  ///< Received fields beyond that
  Origin origin;
  /// The first public peer that a believed field shows: where the message came in from outside.
  /// The same as `origin` unless that is vouched for, or was submitted inside.
  std::optional<net::Address> handover;
  std::optional<std::size_t> handover_hop;
  Claim claimed;
};

/// Linear in the size of the header.
Trace read_trace(const message::Header& header, const Trusted& trusted);

}  // namespace mailtrust::received
