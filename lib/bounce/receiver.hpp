#pragma once
// Who refused: the receivers whose words are known, and how to know them. The rows are data
// (receivers.inc).

#include <span>
#include <string_view>

#include "bounce/failure.hpp"

namespace mailtrust::bounce {

/// Lists are parted by one space; hosts are suffixes on label borders.
struct Receiver {
  std::string_view id = {};  ///< "google": what Rule::receiver names, and how its rules' ids begin
  std::string_view name = {};     ///< for people: "Gmail and Google Workspace"
  std::string_view hosts = {};    ///< "google.com googlemail.com": of the servers that answer
  std::string_view systems = {};  ///< values of Failure::system that are this receiver's own
  /// Pieces of text that only its replies hold, parted by " | ", written as Rule::phrase is.
  std::string_view words = {};
};

/// Lives as long as the program.
std::span<const Receiver> receivers();

/// Of its id; null when there is none.
const Receiver* find_receiver(std::string_view id);

/// By the host that refused, else by the system that wrote the notice; null when neither tells.
/// What its words tell only classify() looks at.
const Receiver* receiver_of(const Failure& failure);

/// Is `host` one of theirs, or below one? Case does not matter, nor a final dot.
bool serves(const Receiver& receiver, std::string_view host);

}  // namespace mailtrust::bounce
