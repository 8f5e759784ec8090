#pragma once
// The lists one run asks: from the table, a file of one's own, names on the command line.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "config/config.hpp"
#include "dns/name.hpp"
#include "dnsbl/code.hpp"
#include "dnsbl/table.hpp"

namespace mailtrust::dnsbl {

struct Zone {
  std::string name;    ///< as shown: never with a key in it
  dns::Name asked;     ///< what is asked below, with the key
  std::string secret;  ///< the labels of `asked` that must not be shown; empty: none
  Kind kind = Kind::block;
  bool v4 = true;
  bool v6 = true;
  std::vector<Code> codes;
  const Row* row = nullptr;  ///< null for a list the table does not have
  bool chosen = false;       ///< the user named it: not to know its answer matters
  std::string not_asked;     ///< why nobody is to be asked; empty when it is

  /// Does it matter when it gives no answer?
  [[nodiscard]] bool matters() const { return chosen || (row != nullptr && row->wide); }

  [[nodiscard]] bool is_closed() const { return row != nullptr && !row->closed.empty(); }
};

using Keys = std::map<std::string, config::Setting>;

/// A file of one's own: a list a line, "ZONE [block|allow|reputation] [CODE=meaning ...]"; blank
/// lines and what follows a `#` at the start of a word are left out. What it does not say is taken
/// from the table, if that has the zone. The first bad line is an Error of kind input, with
/// `where` as FILE:LINE:COLUMN; so are a zone named twice, and more than limits::kBlockLists.
Expected<std::vector<Zone>> parse_zones(std::string_view text, std::string_view file,
                                        const Keys& keys);

/// Every list of the table that is not closed.
Expected<std::vector<Zone>> known_zones(const Keys& keys);

/// Those of `zones` that are named, in the order of `names`; a name that is not among them is taken
/// from the table, and else is a block list about which nothing is known.
Expected<std::vector<Zone>> choose(const std::vector<std::string>& names,
                                   const std::vector<Zone>& zones, const Keys& keys);

}  // namespace mailtrust::dnsbl
