#pragma once
// The sentence that says why an address is believed, or why none is.

#include <optional>
#include <string>

#include "received/trace.hpp"
#include "received/walk.hpp"

namespace mailtrust::received {

/// "mx.example.org (yours) accepted it from 203.0.113.77; older fields are the sender's word". No
/// capital, no full stop. Names are quoted when they hold more than a host name does.
std::string reason(const Belief& belief, const Trace& trace, const std::optional<Voucher>& voucher);

}  // namespace mailtrust::received
