#pragma once
// The layouts of systems that write bounces in their own words (and of those whose RFC 3464 parts
// say less than their text). One row each in layouts.cpp; one source file for each family.

#include <span>
#include <string_view>
#include <vector>

#include "bounce/failure.hpp"
#include "bounce/mail.hpp"

namespace mailtrust::bounce {

struct Layout {
  std::string_view system;  ///< "exim", "qmail", "domino", "google"
  bool (*recognizes)(const Mail& mail);
  /// Failures in the order of the text; empty when it is this system's, but nobody is named.
  std::vector<Failure> (*read)(const Mail& mail);
};

/// The most certain first.
std::span<const Layout> layouts();

}  // namespace mailtrust::bounce
