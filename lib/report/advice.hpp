#pragma once
// What a source is to the domain it sends for, and the one thing to do about it.

#include <string>
#include <string_view>

#include "report/sources.hpp"

namespace mailtrust::report {

/// The most pressing first.
enum class Standing {
  own,  ///< the domain's own mail fails: a key, a server that is not allowed, strict alignment
  unaligned,  ///< a known service that sends in its own name: set up the domain there
  unclear,    ///< speaks for somebody else; only the domain's owner knows whether it may
  half,       ///< passes by SPF alone, which forwarding breaks
  foreign,    ///< nothing speaks for it: not yours, safe to reject
  forwarder,  ///< passes on what the domain sent
  fine,       ///< passes
};

std::string_view to_string(Standing standing);  ///< "own", "unaligned", ...

struct Advice {
  Standing standing = Standing::fine;
  std::string action;  ///< one sentence without capital and full stop; never empty
};

/// Is there something for the domain's owner to mend?
bool to_mend(Standing standing);

/// A source whose share of failures is this low or lower is fine: some mail is always changed on
/// its way.
inline constexpr std::uint64_t kUsualLossPercent = 1;

/// `selectors` are those of the domain, over all sources: a signature that verifies elsewhere has a
/// good key. A source is foreign only if nothing of the domain's organization and no known service
/// speaks for it.
Advice advise(const Source& source, std::string_view domain, const Selectors& selectors);

}  // namespace mailtrust::report
