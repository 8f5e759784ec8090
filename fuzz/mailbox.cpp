// An mbox cut into its messages (RFC 4155): the same however the file comes, and what was quoted
// into one comes out as it was.
#include <string>
#include <vector>

#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"
#include "mailbox/mbox.hpp"
#include "mailbox/separator.hpp"
#include "message/header.hpp"

using namespace mailtrust;
using fuzz::require;
using mailbox::Quoting;

namespace {

constexpr std::string_view kSeparator = "From a@b.example Sun Nov 22 10:00:00 2026\n";

// All of the mbox is in `start`: behind it the file has nothing.
std::vector<std::string> read_all(std::string_view start, Quoting quoting) {
  auto nothing = OctetStream::open("/dev/null", Packed::keep);
  require(nothing.has_value(), "there is nothing");
  mailbox::Mbox mbox(std::move(*nothing), start, quoting);
  std::vector<std::string> messages;
  while (*mbox.begin()) {
    auto& message = messages.emplace_back();
    while (*mbox.more(message)) require(message.size() <= start.size(), "it ends");
  }
  return messages;
}

// RFC 4155 says nothing of it; this is what mboxrd does: a ">" more before ">"s and "From ".
std::string quoted(std::string_view message) {
  std::string out(kSeparator);
  while (!message.empty()) {
    auto line = message.substr(0, message.find('\n') + 1);
    auto marks = line.find_first_not_of('>');
    if (marks != std::string_view::npos && line.substr(marks).starts_with("From ")) out += '>';
    out += line;
    message.remove_prefix(line.size());
  }
  return out + '\n';
}

// A header that separates nothing, then lines as they are.
std::string message_of(std::string_view octets) {
  return "Subject: x\n\n" + std::string(octets) + (octets.ends_with('\n') ? "" : "\n");
}

void check_round_trip(std::string_view octets) {
  std::string file;
  std::vector<std::string> written;
  while (!octets.empty() && written.size() < 8) {
    written.push_back(message_of(fuzz::take_until(octets, '\0')));
    file += quoted(written.back());
  }
  require(read_all(file, Quoting::mboxrd) == written, "what was quoted comes out as it was");
}

}  // namespace

MAILTRUST_FUZZ(mailbox, octets) {
  constexpr Quoting kQuotings[] = {Quoting::automatic, Quoting::mboxo, Quoting::mboxcl};
  // Each reading takes a buffer of some size: one of them an input.
  auto choice = fuzz::hash_of(octets) % 4;
  if (choice == 3) return check_round_trip(octets);
  std::size_t size = 0;
  for (const auto& message : read_all(octets, kQuotings[choice])) size += message.size();
  require(size <= octets.size(), "messages are parts of their file");
}
