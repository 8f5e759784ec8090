#pragma once
// Mail addresses as people spell them in running text: "abuse@isp.example", "abuse (at)
// isp.example", "abuse AT isp DOT example".

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::registration {

struct SpelledAddress {
  std::size_t begin = 0;  ///< octets of the text it takes, from `begin` to before `end`
  std::size_t end = 0;
  std::string email;  ///< with "@" and "."; letters as written
};

/// In order, without overlaps. Local parts are dot-atoms of RFC 5321 section 4.1.2 that people use
/// (no quoted strings); domains have two labels or more, U-labels allowed, no address literals.
/// Addresses within URLs (userinfo, queries) are none. Linear.
std::vector<SpelledAddress> spelled_addresses(std::string_view text);

}  // namespace mailtrust::registration
