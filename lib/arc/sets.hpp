#pragma once
// The ARC fields of a header put together into sets. RFC 8617 sections 4.1 and 4.2.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/header.hpp"

namespace mailtrust::arc {

/// What is wrong, in one line, and the section that says so.
struct Fault {
  std::string reason;
  std::string_view clause;
};

/// The fields of one instance; null where there is none. Of several the topmost.
struct FieldSet {
  unsigned instance = 0;
  const message::Field* results = nullptr;
  const message::Field* message_signature = nullptr;
  const message::Field* seal = nullptr;
};

struct Gathered {
  bool any = false;            ///< there is an ARC field
  std::vector<FieldSet> sets;  ///< by instance, at most limits::kArcSets
  std::optional<Fault> fault;  ///< unless there is each field of each instance 1..N exactly once
};

/// Linear in the size of the header; what it returns is bounded.
Gathered gather(const message::Header& header);

/// The octets that the ARC-Seal of the last of these sets is made over (section 5.1.1): all sets in
/// relaxed form, the last without the value of its b= and without its CRLF. `earlier` is what
/// append_set() made of the sets before.
std::string sealed_octets(std::string_view earlier, const FieldSet& last);
void append_set(std::string& earlier, const FieldSet& set);

/// What follows "i=N;" in ARC-Authentication-Results, unfolded.
std::string results_of(const message::Field& field);

}  // namespace mailtrust::arc
