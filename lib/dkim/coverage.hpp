#pragma once
// What a signature leaves open: what can be changed or added without breaking it.
// RFC 6376 sections 8.2 (l=) and 8.15 (added fields).

#include <cstdint>
#include <string>
#include <vector>

#include "dkim/signature.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim {

/// In words: "Subject is not signed", "a second From can be added". Only fields that people or
/// their programs go by. `uncovered` are canonical body octets after l=.
std::vector<std::string> left_open(const message::Header& header, const Signature& signature,
                                   std::uint64_t uncovered);

}  // namespace mailtrust::dkim
