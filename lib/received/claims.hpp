#pragma once
// What the fields below the hand-over claim, and whether it holds together. Flags lower belief in
// claims; they never move an origin.

#include <span>

#include "message/header.hpp"
#include "received/trace.hpp"

namespace mailtrust::received {

/// Sets delays and flags of all hops. `first_claim`: the hop whose client is a stranger; what the
/// client said to it, and all fields below, are claims. Linear but for the comparison of dates,
/// which is too.
void test_claims(std::span<Hop> hops, std::size_t first_claim);

/// X-Originating-IP or one of its kind when it holds a public address, else the oldest hop with
/// one.
Claim claimed_origin(const message::Header& header, std::span<const Hop> hops);

}  // namespace mailtrust::received
