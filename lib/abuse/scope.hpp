#pragma once
// For which addresses the answer about one of them is good.

#include <optional>
#include <string>
#include <string_view>

#include "net/prefix_set.hpp"
#include "net/value.hpp"

namespace mailtrust::abuse {

/// Networks wider than this are divided further by whoever has them, and the registry's answer
/// about another address of theirs may name a narrower one.
inline constexpr unsigned kWidestV4 = 16;
inline constexpr unsigned kWidestV6 = 28;

/// The prefix of that length around `address`: no answer says anything about addresses beyond it,
/// but for small networks across its border.
net::Prefix block_of(const net::Address& address);

/// The part of `network` for which an answer about `address`, which is inside, is good: all of it,
/// unless it is wider than a block; then what is in the address's own.
net::Range scope_of(const net::Range& network, const net::Address& address);

bool holds(const net::Range& range, const net::Address& address);

/// "192.0.2.0/24", or "192.0.2.0 - 192.0.2.9" where no prefix is the same set.
std::string to_text(const net::Range& range);

/// The inverse; nothing for other texts.
std::optional<net::Range> range_from(std::string_view text);

/// Addresses in it, less one.
net::Uint128 size_of(const net::Range& range);

}  // namespace mailtrust::abuse
