#include "maillog/exim.hpp"

#include <string>

#include "maillog/exim_fields.hpp"

namespace mailtrust::maillog {
namespace {

using exim::Addresses;
using exim::Fields;
using exim::read_addresses;
using exim::read_fields;

// What deliver.c appends to, or says in place of, what the last try came to.
constexpr std::string_view kGivenUp = "retry timeout exceeded";

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
  exim::skip_pid(line);
  return line.sees("H=") || !exim::read_id(line).empty();
}

Outcome read_exim(std::string_view text, std::int64_t time, Ledger& ledger) {
  Cursor line(text);
  exim::skip_pid(line);
  Event event;
  event.mta = Mta::exim;
  event.time = time;
  event.id = exim::read_id(line);
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
