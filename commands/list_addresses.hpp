#pragma once
// The addresses of a list with their comments, for what can say nothing but addresses.

#include <cstddef>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "cli/program.hpp"
#include "list/dnsxl.hpp"

namespace mailtrust::commands {

struct Addresses {
  std::vector<list::Block> blocks;
  std::vector<std::size_t> ends;  ///< where the comment of each block ends in `comments`
  std::string comments;           ///< one after the other, each no longer than is published
  std::size_t left_out = 0;       ///< mailboxes and domains, all told
  std::size_t faults = 0;         ///< bad lines of a file, all told

  /// Pointing into this.
  [[nodiscard]] std::vector<list::dnsxl::Source> sources() const;
};

/// From a FILE or the NAME of a kept list, of which only entries in force count. Bad lines are told
/// on stderr, and mailboxes and domains too.
Expected<Addresses> read_addresses(const std::string& argument, const cli::Context& context,
                                   cli::Output& output);

}  // namespace mailtrust::commands
