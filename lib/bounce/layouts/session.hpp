#pragma once
// A session with a server as notices quote it, whichever marks they part the two sides with: ">>>
// RCPT To:<a@b>", "<<< 550 no", "--> ", "<-- ", "In: ", "Out: ", "Sent >>> ", "Received <<< ".

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::bounce::layouts {

/// A refusal, 400 to 599, and what it answered.
struct Refusal {
  std::string_view command;  ///< "RCPT", "DATA"; empty: the greeting, or not quoted
  std::string_view address;  ///< of RCPT; else empty
  std::string_view remote;   ///< who was talked to; empty when not told
  std::string words;         ///< with its codes, several lines joined
};

/// What the sending system says itself: "550 5.1.1 <a@b>... User unknown", "a@b... Deferred".
struct Result {
  std::string_view address;
  std::string words;
  std::size_t refusal = kNone;  ///< in Session::refusals: the last one before it that is its own

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

struct Session {
  std::vector<std::string_view>
      recipients;                 ///< of RCPT commands, accepted or not, and of lines of their own
  std::vector<Refusal> refusals;  ///< in order, those of QUIT and RSET left away
  std::vector<Result> results;
  std::string remarks;  ///< lines that are none of these
};

/// From `first` up to a line that begins a section ("-----") or ends the notice. Linear; of each
/// kind the first thousand.
Session read_session_lines(const std::vector<std::string_view>& lines, std::size_t first);

}  // namespace mailtrust::bounce::layouts
