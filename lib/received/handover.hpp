#pragma once
// Which client handed the message to the servers one may believe? From the Received fields, the
// newest first, as far as they can be believed.

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "message/header.hpp"
#include "net/address.hpp"
#include "net/prefix_set.hpp"

namespace mailtrust::received {

/// The SMTP client as the receiving server wrote it down, and the envelope sender beside it.
struct Handover {
  std::optional<net::Address> ip;  ///< nothing: no field proves one
  std::string helo;                ///< as the client said it; empty when the field does not tell
  std::optional<std::string> mail_from;  ///< from Return-Path; "" is the null reverse-path
  std::size_t hop = 0;                   ///< which Received field, 0 the newest
  std::string by;                        ///< the host that wrote it
  std::string why;  ///< one sentence: why this one is believed, or why there is none
};

/// `trusted`: prefixes whose peers are passed on from, beside private and loopback addresses.
Handover find_handover(const message::Header& header, const net::PrefixSet& trusted);

}  // namespace mailtrust::received
