#pragma once
// What is told when a primary server says no, or something that cannot be believed.

#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "dns/tsig.hpp"

namespace mailtrust::dns {

/// The names as they are told.
struct PrimaryWords {
  std::string server;
  std::string zone;
  std::string key;
  std::string_view asked = "the answer about the serial";  ///< what is being asked for

  /// Why a message does not count: of kind input when the server says so by its own TSIG, but for
  /// clocks that differ; else temporary.
  [[nodiscard]] Error distrust(const TsigCheck& check) const;

  /// Why a response code other than NOERROR is no success. RFC 1035 section 4.1.1, RFC 2136 section
  /// 2.2.
  [[nodiscard]] Error refusal(unsigned rcode) const;

  [[nodiscard]] Error refused(std::string message) const;    ///< of kind input
  [[nodiscard]] Error temporary(std::string message) const;  ///< of kind temporary
};

}  // namespace mailtrust::dns
