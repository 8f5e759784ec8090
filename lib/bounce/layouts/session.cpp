#include "bounce/layouts/session.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/hints.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

constexpr std::array<string_view, 14> kSides = {
    ">>>",      "<<<", "-->", "<--", "In:", "Out:", "Sent",
    "Received", "C:",  "S:",  "->",  "<-",  ">",    "<"};

constexpr std::array<string_view, 9> kCommands = {"RCPT", "MAIL", "DATA", "EHLO",    "HELO",
                                                  "QUIT", "RSET", "AUTH", "STARTTLS"};

constexpr std::size_t kMost = 1000;  // of each kind

/// What a line says, and whether marks show that the session says it.
struct Said {
  string_view words;
  bool quoted = false;
};

// "Thu 2010-04-29 23:34:45: --> RCPT TO:<a@b>": the time of MDaemon and others.
string_view without_time(string_view words) {
  constexpr std::size_t kLongestTime = 40;
  if (words.empty() || words.front() == '<') return words;
  for (string_view side : {" --> ", " <-- ", " >>> ", " <<< "}) {
    auto at = words.substr(0, kLongestTime).find(side);
    if (at != string_view::npos && words.substr(0, at).find(':') != string_view::npos)
      return words.substr(at + 1);
  }
  return words;
}

// "Sent >>> " has two marks. "<a@b>..." is no mark.
Said said_in(string_view line) {
  Said said{without_time(ascii::trim(line)), false};
  for (bool found = true; found;) {
    found = false;
    for (auto side : kSides) {
      if (!ascii::istarts_with(said.words, side)) continue;
      auto rest = said.words.substr(side.size());
      if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') continue;
      said = {ascii::trim(rest), true};
      found = true;
      break;
    }
  }
  return said;
}

int code_of(string_view words) {
  if (words.size() < 3 || words[0] < '2' || words[0] > '5') return 0;
  if (!ascii::is_digit(words[1]) || !ascii::is_digit(words[2])) return 0;
  if (words.size() > 3 && ascii::is_alnum(words[3])) return 0;
  return (words[0] - '0') * 100 + (words[1] - '0') * 10 + (words[2] - '0');
}

string_view command_of(string_view words) {
  for (auto command : kCommands)
    if (ascii::istarts_with(words, command) &&
        (words.size() == command.size() || !ascii::is_alnum(words[command.size()])))
      return command;
  return {};
}

// "550 bob... User unknown": a user of the system that writes.
bool is_local_name(string_view name) {
  return !name.empty() && name.find_first_of(" \t:") == string_view::npos;
}

class Reader {
 public:
  void take(string_view line) {
    auto said = said_in(line);
    if (said.words.empty()) return;
    if (auto command = command_of(said.words); !command.empty() && said.quoted)
      take_command(command, said.words);
    else if (auto code = code_of(said.words); said.quoted && code != 0)
      take_reply(code, said.words);
    else if (said.quoted && answering_)
      append_words(session_.refusals.back().words, said.words);
    else
      take_remark(said.words);
  }

  Session finish() { return std::move(session_); }

 private:
  void take_command(string_view command, string_view words) {
    command_ = command;
    answering_ = false;
    address_ = {};
    if (command != "RCPT") return;
    auto found = find_address(words);
    if (!found) return;
    address_ = found->address;
    add_recipient(address_);
  }

  void add_recipient(string_view address) {
    auto& known = session_.recipients;
    bool again = !known.empty() && ascii::iequals(known.back(), address);
    if (!again && known.size() < kMost) known.push_back(address);
  }

  void take_reply(int code, string_view words) {
    bool counts = code >= 400 && command_ != "QUIT" && command_ != "RSET";
    bool goes_on = answering_ && code == code_;
    code_ = code;
    answering_ = false;
    if (!counts || session_.refusals.size() >= kMost) return;
    if (!goes_on) session_.refusals.push_back({command_, address_, remote_, {}});
    append_words(session_.refusals.back().words, words);
    answering_ = words.size() > 3 && words[3] == '-';
  }

  // "... while talking to mx.example.org.:", "550 <a@b>... User unknown", or something else.
  void take_remark(string_view words) {
    answering_ = false;
    if (words.find("alking to ") != string_view::npos) {
      remote_ = remote_in(words);
      command_ = address_ = {};
      return;
    }
    auto behind = code_of(words) == 0 ? words : ascii::trim(words.substr(3));
    if (!behind.empty() && ascii::is_digit(behind[0]) && behind.find(' ') < 12)
      behind = behind.substr(behind.find(' ') + 1);
    auto entry = entry_of(behind);
    auto dots = behind.find("...");
    if (entry && dots != string_view::npos)
      take_result(entry->address, words);
    else if (dots != string_view::npos && is_local_name(behind.substr(0, dots)))
      take_result(behind.substr(0, dots), words);
    else if (entry && entry->rest.empty())
      add_recipient(entry->address);
    else
      append_words(session_.remarks, words);
  }

  void take_result(string_view address, string_view words) {
    if (session_.results.size() >= kMost) return;
    auto refusals = session_.refusals.size();
    Result result{address, std::string(words)};
    if (refusals > used_) result.refusal = refusals - 1;
    used_ = refusals;
    session_.results.push_back(std::move(result));
  }

  Session session_;
  std::size_t used_ = 0;  // refusals before the last result
  string_view command_;
  string_view address_;
  string_view remote_;
  int code_ = 0;
  bool answering_ = false;
};

}  // namespace

Session read_session_lines(const std::vector<string_view>& lines, std::size_t first) {
  Reader reader;
  for (auto at = first; at < lines.size(); ++at) {
    if (lines[at].starts_with("   -----") || ascii::trim(lines[at]).starts_with("-----")) break;
    if (is_end(lines[at])) break;
    reader.take(lines[at]);
  }
  return reader.finish();
}

}  // namespace mailtrust::bounce::layouts
