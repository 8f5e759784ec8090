#include "maillog/exim.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "maillog/cursor.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kShortId = 16;  // "1abcde-000001-AB"
constexpr std::size_t kLongId = 23;   // "1abcde-00000000001-ABCD", Exim 4.97
constexpr std::size_t kLongestKey = 6;

constexpr std::string_view kGivenUp = "retry timeout exceeded";

bool is_id(std::string_view text) {
  auto middle = text.size() == kShortId ? 6U : 11U;
  if (text[6] != '-' || text[7 + middle] != '-') return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i != 6 && i != 7 + middle && !ascii::is_alnum(text[i])) return false;
  return true;
}

std::string_view read_id(Cursor& line) {
  for (auto length : {kShortId, kLongId}) {
    auto rest = line.rest();
    bool fits = rest.size() > length && rest[length] == ' ' && is_id(rest.substr(0, length));
    if (!fits) continue;
    auto id = line.take(length);
    line.skip(" ");
    return id;
  }
  return {};
}

/// log_selector = +pid
void skip_pid(Cursor& line) {
  auto ahead = line;
  if (!ahead.skip("[")) return;
  auto pid = ahead.word("]");
  if (!pid.empty() && std::ranges::all_of(pid, ascii::is_digit) && ahead.skip("] ")) line = ahead;
}

struct Fields {
  std::string_view sender;
  bool sender_known = false;
  Host host;
  std::string_view source_ip;
  std::string_view confirmation;
};

std::string_view read_key(Cursor& line) {
  auto ahead = line;
  auto key = ahead.word("= ");
  bool is_key = !key.empty() && key.size() <= kLongestKey && ahead.skip("=") &&
                std::ranges::all_of(key, ascii::is_alnum);
  if (!is_key) return {};
  line = ahead;
  return key;
}

/// "mx.example [192.0.2.1]:25", "(helo) [192.0.2.1]", "name (helo) [192.0.2.1]".
Host read_host_field(Cursor& line) {
  auto name = line.sees("(") || line.sees("[") ? std::string_view() : line.word(" :");
  auto ahead = line;
  ahead.skip(" ");
  if (ahead.skip("(") && !ahead.until(") ")) return {name, {}};
  if (!ahead.sees("[")) return {name, {}};
  auto address = ahead.until("]");
  if (!address) return {name, {}};
  line = ahead;
  ahead.skip(":");
  if (!ahead.at_end() && ascii::is_digit(ahead.rest().front())) {
    ahead.word(" :");
    line = ahead;
  }
  return {name, address->substr(1)};
}

std::string_view read_value(Cursor& line) {
  if (auto length = line.quoted(); length != 0) return line.take(length);
  if (line.skip("<")) return line.address(">").value_or(std::string_view());
  // "T=remote_smtp: SMTP error ...": the colon ends the fields.
  auto value = line.rest().substr(0, line.rest().find(' '));
  if (value.ends_with(':')) value.remove_suffix(1);
  return line.take(value.size());
}

/// "K", "L", "PRDR", "TFO": said without a value.
bool skip_flag(Cursor& line) {
  auto ahead = line;
  auto word = ahead.word(" :");
  auto is_upper = [](char c) { return (c >= 'A' && c <= 'Z') || c == '*'; };
  bool is_flag = !word.empty() && word.size() <= kLongestKey && std::ranges::all_of(word, is_upper);
  if (is_flag) line = ahead;
  return is_flag;
}

/// The fields behind an address, up to what is none. Each begins behind one space; what follows the
/// last one is left: " defer (-1): ...", ": text", " rejected RCPT ...".
Fields read_fields(Cursor& line) {
  Fields fields;
  while (line.sees(" ")) {
    auto ahead = line;
    ahead.skip(" ");
    auto key = read_key(ahead);
    if (key.empty() && !skip_flag(ahead)) break;
    if (key == "H") {
      fields.host = read_host_field(ahead);
    } else if (key == "F") {
      fields.sender = read_value(ahead);
      fields.sender_known = true;
    } else if (key == "I") {
      fields.source_ip = read_host(read_value(ahead)).ip;
    } else if (key == "C") {
      fields.confirmation = read_value(ahead);
    } else if (!key.empty()) {
      read_value(ahead);
    }
    line = ahead;
  }
  return fields;
}

struct Addresses {
  std::string_view recipient;
  std::string_view original;
};

/// "a@b", "a@b <c@d>", "user <user@b>", "|/a/pipe <c@d>", "a@b (e@f) <c@d>".
Addresses read_addresses(Cursor& line) {
  auto length = line.quoted();
  auto whole = line.rest();
  line.take(length);
  line.word(" ");
  Addresses found{whole.substr(0, whole.size() - line.rest().size()), {}};
  if (found.recipient.ends_with(':') && found.recipient != ":blackhole:") {
    found.recipient.remove_suffix(1);
    line = Cursor(whole.substr(found.recipient.size()));
    return found;
  }
  auto ahead = line;
  while (ahead.skip(" (") && ahead.until(")")) line = ahead;
  ahead = line;
  if (!ahead.skip(" <")) return found;
  auto original = ahead.address(">");
  if (!original) return found;
  line = ahead;
  found.original = *original;
  // A user, a file or a pipe of this host: the address that led there is what was sent to.
  bool has_domain = found.recipient.find('@') != std::string_view::npos &&
                    std::string_view("/|:>").find(found.recipient[0]) == std::string_view::npos;
  if (!has_domain) found = {found.original, {}};
  return found;
}

/// A reply of several lines is logged with "\n" in two characters.
std::string_view real_lines(std::string_view text, Ledger& ledger) {
  auto at = text.find("\\n");
  if (at == std::string_view::npos) return text;
  auto& lines = ledger.scratch();
  for (; at != std::string_view::npos; at = text.find("\\n")) {
    lines.append(text.substr(0, at)).push_back('\n');
    text.remove_prefix(at + 2);
  }
  return lines += text;
}

/// Before Exim 4.88 the host stands in the text: "SMTP error from remote mail server after RCPT
/// TO:<a@b>: host mx.example [192.0.2.1]: 550 ...".
Host host_in(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.skip("SMTP error from remote mail")) return {};
  cursor.word(":<");
  if (cursor.skip(":<")) cursor.address(">");
  if (!cursor.skip(": host ")) return {};
  auto end = cursor.rest().find(']');
  return end == std::string_view::npos ? Host{} : read_host(cursor.take(end + 1));
}

void fill(Event& event, const Addresses& addresses, const Fields& fields) {
  event.recipient = addresses.recipient;
  event.original = addresses.original;
  event.sender = fields.sender;
  event.sender_known = fields.sender_known;
  event.remote = fields.host.name;
  event.remote_ip = fields.host.ip;
  event.source_ip = fields.source_ip;
}

void set_text(Event& event, std::string_view text, Ledger& ledger) {
  if (event.remote.empty() && event.remote_ip.empty()) {
    auto host = host_in(text);
    event.remote = host.name;
    event.remote_ip = host.ip;
  }
  // deliver.c appends it to what the last try said.
  event.expired = event.kind == Event::Kind::failed && text.ends_with(kGivenUp);
  event.text = real_lines(text, ledger);
  if (event.expired && event.text == kGivenUp) ledger.recall(event);
}

Outcome read_arrival(Cursor line, Event event, Ledger& ledger) {
  if (line.skip("<>")) {
    event.sender = {};
  } else {
    auto whole = line.rest();
    line.take(line.quoted());
    line.word(" ");
    event.sender = whole.substr(0, whole.size() - line.rest().size());
    if (event.sender.empty()) return Outcome::damaged;
  }
  event.source_ip = read_fields(line).host.ip;
  ledger.queued(event);
  return Outcome::understood;
}

Outcome read_delivery(Cursor line, Event event, Ledger& ledger) {
  auto addresses = read_addresses(line);
  if (addresses.recipient.empty()) return Outcome::damaged;
  auto fields = read_fields(line);
  event.kind = Event::Kind::delivered;
  fill(event, addresses, fields);
  event.text = fields.confirmation;
  if (event.text.size() >= 2 && event.text.front() == '"')
    event.text = event.text.substr(1, event.text.size() - 2);
  ledger.tried(event);
  return Outcome::understood;
}

Outcome read_failure(Cursor line, Event event, Ledger& ledger) {
  auto addresses = read_addresses(line);
  if (addresses.recipient.empty()) return Outcome::damaged;
  event.kind = Event::Kind::failed;
  fill(event, addresses, read_fields(line));
  line.skip(":");
  line.skip_spaces();
  set_text(event, line.rest(), ledger);
  ledger.tried(event);
  return Outcome::understood;
}

// == a@b R=router T=transport defer (111): Connection refused H=mx [192.0.2.1]:25: text
Outcome read_deferral(Cursor line, Event event, Ledger& ledger) {
  auto addresses = read_addresses(line);
  if (addresses.recipient.empty()) return Outcome::damaged;
  event.kind = Event::Kind::deferred;
  auto fields = read_fields(line);
  if (!line.sees(" defer (") && line.skip(" ")) line.word();  // "routing", where no router took it
  if (!line.skip(" defer (") || !line.until(")")) return Outcome::damaged;
  if (line.sees(" ")) {
    auto more = read_fields(line);
    if (!more.host.name.empty() || !more.host.ip.empty()) fields.host = more.host;
  }
  line.skip(":");
  line.skip_spaces();
  // The words of the system stand before the host, and hold no colon.
  auto words = line.rest().substr(0, line.rest().find(": "));
  if (auto host = words.find(" H="); host != std::string_view::npos && fields.host.name.empty()) {
    Cursor behind(line.rest().substr(host));
    fields.host = read_fields(behind).host;
  }
  fill(event, addresses, fields);
  // Nobody was asked: not a try where an earlier one is known.
  bool is_waiting = line.sees("retry time not reached");
  if (is_waiting && ledger.is_put_off(event.id, event.recipient)) return Outcome::understood;
  set_text(event, line.rest(), ledger);
  ledger.tried(event);
  return Outcome::understood;
}

// H=host (helo) [ip] F=<a@b> [temporarily] rejected RCPT <c@d>: text
Outcome read_refusal(std::string_view text, Event event, Ledger& ledger) {
  auto spaced = std::string(" ").append(text);
  Cursor line(spaced);
  auto fields = read_fields(line);
  if (!line.skip(" temporarily rejected ") && !line.skip(" rejected ")) return Outcome::understood;
  event.kind = Event::Kind::rejected;
  event.sender = fields.sender;
  event.sender_known = fields.sender_known;
  event.source_ip = fields.host.ip;
  bool is_bare = line.skip("RCPT ") && !line.sees("<");
  if (line.skip("<")) event.recipient = line.address(">").value_or(std::string_view());
  if (auto stage = line.address(": "); stage && is_bare) event.recipient = *stage;
  event.text = line.rest();
  ledger.tried(event);
  return Outcome::understood;
}

}  // namespace

bool is_exim(std::string_view text) {
  Cursor line(text);
  skip_pid(line);
  return line.sees("H=") || !read_id(line).empty();
}

Outcome read_exim(std::string_view text, std::int64_t time, Ledger& ledger) {
  Cursor line(text);
  skip_pid(line);
  Event event;
  event.mta = Mta::exim;
  event.time = time;
  event.id = read_id(line);
  if (line.sees("H=")) return read_refusal(line.rest(), event, ledger);
  if (event.id.empty()) return Outcome::understood;
  if (line.skip("<= ")) return read_arrival(line, event, ledger);
  if (line.skip("=> ") || line.skip("-> ") || line.skip(">> "))
    return read_delivery(line, event, ledger);
  if (line.skip("** ")) return read_failure(line, event, ledger);
  if (line.skip("== ")) return read_deferral(line, event, ledger);
  if (line.sees("Completed")) ledger.gone(event.id);
  return Outcome::understood;
}

}  // namespace mailtrust::maillog
