// Logs of mail servers, in every form that is known: the same whole and in pieces.
#include <string>

#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"
#include "maillog/reader.hpp"

using namespace mailtrust;
using fuzz::require;
using maillog::Event;

namespace {

constexpr std::size_t kState = 256;

std::string printed(const Event& event) {
  std::string text{static_cast<char>('a' + static_cast<int>(event.kind))};
  text += static_cast<char>('a' + static_cast<int>(event.mta));
  text += std::to_string(event.time);
  for (auto part : {event.id, event.sender, event.recipient, event.original, event.remote,
                    event.status, event.text, event.source_ip, event.remote_ip})
    text.append("\0", 1).append(part);
  return text + (event.expired ? "x\n" : "\n");
}

struct Log {
  explicit Log(std::string_view queue = {})
      : reader({.now = 1'795'341'600, .offset_minutes = 0},
               [this](const Event& event) { events += printed(event); }) {
    reader.restore(queue);
  }

  std::string events;
  maillog::Reader reader;
};

void check_pieces(std::string_view octets, const Log& whole) {
  Log pieced;
  fuzz::Pieces pieces(octets);
  for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next()) pieced.reader.add(piece);
  pieced.reader.end_of_file();
  require(pieced.events == whole.events, "pieces tell the same events");
  require(pieced.reader.counts().understood == whole.reader.counts().understood, "and counts");
}

// The queue as an earlier run left it, or as whoever wrote into the store did.
void check_queue(const Log& whole, std::string_view octets) {
  auto state = whole.reader.queue_state(kState);
  require(state.size() <= kState, "no more than was allowed");
  require(Log(state).reader.queue_state(kState) == state, "what was kept comes back");
  Log(octets).reader.add("Nov 22 10:00:00 mx postfix/qmgr[1]: ABC: removed\n");
}

}  // namespace

MAILTRUST_FUZZ(maillog, octets) {
  Log whole;
  whole.reader.add(octets);
  whole.reader.end_of_file();
  const auto& counts = whole.reader.counts();
  require(counts.understood + counts.foreign + counts.damaged <= counts.lines, "each line once");
  if (!fuzz::is_one_of(4, octets)) return;
  check_pieces(octets, whole);
  check_queue(whole, octets);
  static_cast<void>(maillog::is_log(octets));
  static_cast<void>(maillog::first_time(octets, {.now = 1'795'341'600, .offset_minutes = 0}));
}
