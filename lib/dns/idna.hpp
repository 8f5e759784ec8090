#pragma once
// Internationalised domain names: what people type to what DNS carries, and back for the screen.
// RFC 5890 (A-label, U-label), UTS 46 non-transitional processing by libidn2.

#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust::dns {

/// U-labels turned into A-labels; text that is all ASCII comes back unchanged, whatever it holds
/// (underscores, odd octets), and so do octets that are not UTF-8. Error of kind input, `where` the
/// quoted text, when a U-label is not valid under IDNA 2008.
Expected<std::string> to_a_labels(std::string_view text);

/// A-labels turned into U-labels where every one of them is valid; else the text unchanged. For
/// display beside the A-label form, never for lookups or comparison.
std::string to_u_labels(std::string_view text);

}  // namespace mailtrust::dns
