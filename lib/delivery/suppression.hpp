#pragma once
// The file of addresses that should get no more mail: lines `ADDRESS;COMMENT` as lists have them
// (list/line.hpp), so that `mailtrust import` takes it. Ours are put in and taken out; whatever
// else it holds stays as it is, to the octet.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/evidence.hpp"

namespace mailtrust::delivery {

struct Suppression {
  std::string octets;                 ///< of the file
  std::vector<std::string> added;     ///< addresses, sorted
  std::vector<std::string> promoted;  ///< those of them that only failed softly
  std::vector<std::string> removed;   ///< took mail after they had failed
  std::vector<std::string> cleared;   ///< failed hard and took mail afterwards; not in the file
  std::size_t kept = 0;               ///< entries that were there and stay
  std::size_t unfit = 0;              ///< addresses that a list cannot hold
};

/// The comment of an address: "hard 2026-11-20, bad_mailbox, 3 times since 2026-11-02, rule
/// general.user-unknown: 550 5.1.1 no such user"; "soft 2026-11-20, mailbox_full, in 4 weeks, ...".
/// One line of UTF-8.
std::string comment_of(const Evidence& evidence, Standing standing);

/// Is at least every other line of a file that is neither empty nor a comment an entry of a list?
/// To anything else, a log or a mailbox named by mistake, no addresses should be added.
bool is_list(std::string_view file);

/// `present`: what the file holds now. An address that is there already keeps its line, whatever
/// its comment. A line is taken out only where its comment is one that comment_of() begins and the
/// address took mail since.
Suppression suppress(std::string_view present, const EvidenceTable& evidence,
                     std::size_t promote_after);

}  // namespace mailtrust::delivery
