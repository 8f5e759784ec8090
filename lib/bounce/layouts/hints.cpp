#include "bounce/layouts/hints.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "base/ascii.hpp"
#include "bounce/reply.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

constexpr std::size_t kLookedAt = 1024;  // octets: such words stand at either end of a reply

struct Phrase {
  string_view words;  // in lower case
  string_view command;
};

// From Postfix (smtp_trouble.c), Exim (transports/smtp.c), qmail-remote.c and its patches, dma
// (net.c), Gmail's, Yahoo's and Messaging Server's notices; the more exact first.
constexpr std::array<Phrase, 33> kPhrases = {{
    {"in reply to rcpt to", "RCPT"},
    {"in reply to end of data", "DATA"},
    {"in reply to mail from", "MAIL"},
    {"in reply to data", "DATA"},
    {"in reply to ehlo", "EHLO"},
    {"in reply to helo", "HELO"},
    {"after rcpt to", "RCPT"},
    {"after mail from", "MAIL"},
    {"after end of data", "DATA"},
    {"after initial connection", "CONN"},
    {"after sending data block", "DATA"},
    {"after pipelined rcpt to", "RCPT"},
    {"after pipelined mail from", "MAIL"},
    {"after data", "DATA"},
    {"after ehlo", "EHLO"},
    {"after helo", "HELO"},
    {"[rcpt_to]", "RCPT"},
    {"[mail_from]", "MAIL"},
    {"does not like recipient", "RCPT"},
    {"failed after i sent the message", "DATA"},
    {"did not like our rcpt to", "RCPT"},
    {"did not like our mail from", "MAIL"},
    {"did not like our final data", "DATA"},
    {"in rcpt to", "RCPT"},
    {"in mail from", "MAIL"},
    {"rcpt to response", "RCPT"},
    {"mail from response", "MAIL"},
    {"(state 14)", "RCPT"},
    {"(state 18)", "DATA"},
    {"smtp transmission failure has occurred", "DATA"},
    {">>> rcpt to", "RCPT"},
    {">>> data", "DATA"},
    {"rcpt to:<", "RCPT"},
}};

// What stands before the name of the host that answered.
constexpr std::array<string_view, 6> kHostLeads = {"while talking to ", "remote server at ",
                                                   "server at ",        "remote system: dns;",
                                                   "connect to ",       "connected to "};

// The same where "host" may also be one that was not found: its address must follow.
constexpr std::array<string_view, 3> kHostLeadsWithAddress = {"host: ", "host ", "server "};

bool is_host(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_';
}

// The name at the start of the text, when it is one of at least two labels.
string_view host_at(string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::size_t end = 0;
  while (end < text.size() && end < 254 && is_host(text[end])) ++end;
  auto name = text.substr(0, end);
  while (!name.empty() && name.back() == '.') name.remove_suffix(1);
  auto dot = name.find('.');
  if (dot == string_view::npos || dot == 0) return {};
  return std::ranges::any_of(name, ascii::is_alpha) ? name : string_view();
}

// "mx.example.org[192.0.2.1]", "mx.example.org (192.0.2.1)", "mx.example.org said".
bool has_address(string_view words, string_view name) {
  auto rest = words.substr(static_cast<std::size_t>(name.data() - words.data()) + name.size());
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '.')) rest.remove_prefix(1);
  return rest.starts_with('[') || rest.starts_with('(') || rest.starts_with("said");
}

}  // namespace

string_view command_in(string_view words) {
  auto lower = ascii::to_lower(words.substr(0, kLookedAt));
  if (words.size() > kLookedAt) lower += ascii::to_lower(words.substr(words.size() - 128));
  for (const auto& phrase : kPhrases)
    if (lower.find(phrase.words) != std::string::npos) return phrase.command;
  return {};
}

string_view remote_in(string_view words) {
  words = words.substr(0, kLookedAt);
  auto lower = ascii::to_lower(words);
  auto behind = [&](string_view lead) {
    auto at = lower.find(lead);
    return at == std::string::npos ? string_view() : host_at(words.substr(at + lead.size()));
  };
  for (auto lead : kHostLeads)
    if (auto name = behind(lead); !name.empty()) return name;
  for (auto lead : kHostLeadsWithAddress)
    if (auto name = behind(lead); !name.empty() && has_address(words, name)) return name;
  // "mx.example.org [192.0.2.1] did not like our RCPT TO:"
  auto first = host_at(words);
  return !first.empty() && has_address(words, first) ? first : string_view();
}

void fill_in(Failure& failure) {
  if (failure.diagnostic.empty()) return;
  if (failure.command.empty()) failure.command = command_in(failure.diagnostic);
  if (failure.remote.empty()) failure.remote = ascii::to_lower(remote_in(failure.diagnostic));
  if (failure.code == 0) failure.code = read_reply(failure.diagnostic).code;
}

}  // namespace mailtrust::bounce::layouts
