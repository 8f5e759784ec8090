// Sendmail (savemail.c, errbody): a list of recipients, each with the first line of its reply, then
// the transcript of the session. Before version 8.10 without replies, before version 8 without the
// list; and those that show a session in other frames.

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/session.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;
using Lines = std::vector<string_view>;

// Of sendmail and of MDaemon.
constexpr string_view kTranscripts[] = {"transcript of session follows", "session transcript"};

/// A recipient of the list.
struct Listed {
  string_view address;
  string_view original;
  string_view reason;  ///< "(reason: ...)"; cut at some length, with "..." where it was
};

std::size_t find_transcript(const Lines& lines, std::size_t at) {
  auto begins = [&](string_view title) {
    return ascii::istarts_with(without_rule(lines[at]), title);
  };
  while (at < lines.size() && std::ranges::none_of(kTranscripts, begins)) ++at;
  return at;
}

string_view behind(string_view text, string_view title) {
  return ascii::trim(text.substr(title.size(), text.size() - title.size() - 1));
}

bool is_bare_name(string_view words) {
  if (words.empty() || words.starts_with('(') || entry_of(words)) return false;
  return words.front() == '"' || words.find(' ') == string_view::npos;
}

std::vector<Listed> read_list(const Lines& lines, std::size_t first, std::size_t end) {
  std::vector<Listed> list;
  string_view before;
  for (auto at = first; at < end && list.size() < kMostCollected; ++at) {
    auto words = ascii::trim(lines[at]);
    if (words.starts_with("(reason: ") || words.starts_with("(expanded from: "))
      // A program, a file, a local name: none of them an address.
      if (is_bare_name(before)) list.push_back({before, {}, {}});
    before = words;
    if (words.starts_with("(reason: ") && words.ends_with(')') && !list.empty()) {
      list.back().reason = behind(words, "(reason: ");
    } else if (words.starts_with("(expanded from: ") && !list.empty()) {
      if (auto origin = find_address(words)) list.back().original = origin->address;
    } else if (auto entry = entry_of(words)) {
      list.push_back({entry->address, entry->original, entry->rest});
    }
  }
  return list;
}

template <typename Items>
auto of_address(const Items& items, string_view address) {
  return std::ranges::find_if(
      items, [&](const auto& item) { return ascii::iequals(item.address, address); });
}

// What the server said to RCPT with this address, else before the result that names it, else to
// all: then there must be no other result for it.
const Refusal* refusal_of(const Session& session, string_view address, bool alone) {
  auto refusal = of_address(session.refusals, address);
  if (refusal != session.refusals.end()) return &*refusal;
  auto result = of_address(session.results, address);
  if (result != session.results.end() && !alone)
    return result->refusal == Result::kNone ? nullptr : &session.refusals[result->refusal];
  auto to_all = std::ranges::find_if(
      session.refusals, [&](const Refusal& other) { return alone || other.address.empty(); });
  return to_all == session.refusals.end() ? nullptr : &*to_all;
}

bool is_whole(string_view reason) {
  return !reason.empty() && reason.find("...") == string_view::npos;
}

// The server's own words first: what sendmail makes of them ("User unknown" of any 550, "Service
// unavailable" of any 554) often says another thing.
void say_what_is_known(Collector& accounts, const Listed& listed, const Session& session,
                       bool alone) {
  const auto* refusal = refusal_of(session, listed.address, alone);
  if (refusal != nullptr) {
    accounts.name_remote(refusal->remote);
    accounts.name_command(refusal->command);
  }
  if (is_whole(listed.reason) || refusal == nullptr)
    accounts.say(listed.reason);
  else
    accounts.say(refusal->words);
  // Nobody was talked to: sendmail knows its own users, as a server that answers RCPT does.
  if (refusal == nullptr && session.refusals.empty() &&
      of_address(session.results, listed.address) != session.results.end())
    accounts.name_command("RCPT");
  bool bare = !accounts.has_reply() || (refusal != nullptr && refusal->words.size() < 4);
  for (const auto& result : session.results)
    if (bare && ascii::iequals(result.address, listed.address)) accounts.say(result.words);
  if (!accounts.has_reply() ||
      session.remarks.find("could not be delivered for") != std::string::npos)
    accounts.say(session.remarks);
}

// Version 5: what is said before the result of an address is about it.
std::vector<Listed> listed_by_results(const Session& session) {
  std::vector<Listed> list;
  for (const auto& result : session.results) {
    bool known = std::ranges::any_of(
        list, [&](const Listed& other) { return ascii::iequals(other.address, result.address); });
    if (!known) list.push_back({result.address, {}, {}});
  }
  if (!list.empty()) return list;
  for (auto address : session.recipients) list.push_back({address, {}, {}});
  return list;
}

}  // namespace

std::vector<Failure> read_sendmail(const Scene& scene) {
  const auto& lines = scene.mail.lines;
  auto transcript = find_transcript(lines, scene.line);
  auto list = read_list(lines, scene.line, transcript);
  auto session = read_session_lines(lines, transcript + 1);
  if (list.empty()) list = listed_by_results(session);
  if (list.empty() && !session.refusals.empty()) list.emplace_back();
  Collector accounts(scene);
  for (const auto& listed : list) {
    accounts.open(listed.address, listed.original);
    say_what_is_known(accounts, listed, session, list.size() == 1);
    accounts.flush();
  }
  return accounts.finish();
}

std::vector<Failure> read_session(const Scene& scene) {
  auto session = read_session_lines(scene.mail.lines, scene.line);
  Collector accounts(scene);
  for (const auto& refusal : session.refusals) {
    if (refusal.address.empty()) continue;
    accounts.open(refusal.address);
    accounts.name_remote(refusal.remote);
    accounts.name_command(refusal.command);
    accounts.say(refusal.words);
  }
  if (accounts.empty()) {
    for (auto address : session.recipients) accounts.open(address);
    if (accounts.empty() && !session.refusals.empty()) accounts.open({});
    if (!session.refusals.empty()) {
      accounts.name_command(session.refusals.back().command);
      accounts.say(session.refusals.back().words);
    }
  }
  return accounts.finish(session.remarks);
}

}  // namespace mailtrust::bounce::layouts
