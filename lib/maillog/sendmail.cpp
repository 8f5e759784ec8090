#include "maillog/sendmail.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "maillog/cursor.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kShortestId = 8;
constexpr std::size_t kLongestId = 20;

/// "4AMA0xyz012345: ", stepped over; empty where none stands.
std::string_view read_id(Cursor& line) {
  auto ahead = line;
  auto id = ahead.take(std::min(line.rest().find(':'), kLongestId + 1));
  bool is_id = id.size() >= kShortestId && id.size() <= kLongestId &&
               std::ranges::all_of(id, ascii::is_alnum) && ascii::is_digit(id.back());
  if (!is_id || !ahead.skip(": ")) return {};
  line = ahead;
  return id;
}

/// Of a list "<a@b>,<c@d>", "user", "\\user", "\"|/a/pipe\"": the address without its brackets.
std::optional<std::string_view> read_address(Cursor& line) {
  if (line.skip("<")) return line.address(">");
  auto length = line.quoted();
  auto whole = line.rest();
  line.take(length);
  line.word(",");
  auto address = whole.substr(0, whole.size() - line.rest().size());
  return address.empty() ? std::nullopt : std::optional(address);
}

struct Fields {
  std::string_view status;
  std::string_view relay;
  std::string_view reply;  ///< stat=, which is the last
};

/// ", ctladdr=<a@b> (1/2), delay=..., relay=..., dsn=..., stat=...". ctladdr is the only one of
/// them that somebody outside may choose.
Fields read_fields(Cursor line) {
  Fields fields;
  while (line.skip(", ")) {
    if (line.skip("stat=")) {
      fields.reply = line.rest();
      break;
    }
    auto key = line.word("=,");
    line.skip("=");
    if (key == "ctladdr") read_address(line);
    auto value = line.rest().substr(0, line.rest().find(", "));
    line.take(value.size());
    if (key == "dsn") fields.status = value;
    if (key == "relay") fields.relay = value;
  }
  return fields;
}

/// The class of dsn= decides; before sendmail 8.8 there is none, and the words of stat= do.
std::optional<Event::Kind> kind_of(const Fields& fields) {
  if (fields.reply.empty() || fields.reply.starts_with("queued")) return std::nullopt;
  if (fields.reply.starts_with("Sent")) return Event::Kind::delivered;
  if (fields.reply.starts_with("Deferred")) return Event::Kind::deferred;
  if (fields.status.starts_with('2')) return Event::Kind::delivered;
  return fields.status.starts_with('4') ? Event::Kind::deferred : Event::Kind::failed;
}

Outcome read_try(Cursor line, Event event, Ledger& ledger) {
  auto list = line;
  do {
    if (!read_address(line)) return Outcome::damaged;
  } while (line.sees(",") && !line.sees(", ") && line.skip(","));
  auto fields = read_fields(line);
  if (fields.reply.empty()) return Outcome::damaged;
  auto kind = kind_of(fields);
  if (!kind) return Outcome::understood;
  auto host = read_host(fields.relay);
  event.kind = *kind;
  event.status = fields.status;
  event.text = fields.reply;
  event.remote = host.name;
  event.remote_ip = host.ip;
  do {
    event.recipient = read_address(list).value_or(std::string_view());
    ledger.tried(event);
  } while (list.sees(",") && !list.sees(", ") && list.skip(","));
  return Outcome::understood;
}

// from=<a@b>, size=1, class=0, nrcpts=1, msgid=<...>, relay=host [ip]
Outcome read_arrival(Cursor line, Event event, Ledger& ledger) {
  auto sender = line.sees("<>") ? std::string_view() : read_address(line).value_or("");
  event.sender = sender;
  std::uint32_t recipients = 0;
  line.skip("<>");
  while (line.skip(", ")) {
    auto key = line.word("=,");
    line.skip("=");
    // What follows is the sender's to choose.
    if (key == "msgid") break;
    auto value = line.word(",");
    if (key == "nrcpts") recipients = parse_number<std::uint32_t>(value).value_or(0);
  }
  if (recipients == 0) return Outcome::understood;
  ledger.queued(event, recipients);
  return Outcome::understood;
}

// ruleset=check_rcpt, arg1=<a@b>, relay=host [ip], reject=550 5.7.1 <a@b>... Relaying denied
Outcome read_ruleset(Cursor line, Event event, Ledger& ledger) {
  auto ruleset = line.word(",");
  if (!line.skip(", arg1=")) return Outcome::understood;
  auto argument = read_address(line).value_or(std::string_view());
  if (ruleset == "check_rcpt") event.recipient = argument;
  while (line.skip(", ")) {
    if (line.skip("reject=")) {
      event.kind = Event::Kind::rejected;
      event.text = line.rest();
      ledger.tried(event);
      break;
    }
    auto key = line.word("=,");
    line.skip("=");
    if (key == "arg2") read_address(line);
    auto value = line.rest().substr(0, line.rest().find(", "));
    line.take(value.size());
    if (key == "relay") event.source_ip = read_host(value).ip;
  }
  return Outcome::understood;
}

// Milter: to=<a@b>, reject=550 5.7.1 ...; Milter: data, reject=554 5.7.1 ...
Outcome read_milter(Cursor line, Event event, Ledger& ledger) {
  if (line.skip("to="))
    event.recipient = read_address(line).value_or(std::string_view());
  else
    line.word(",");
  if (!line.skip(", reject=")) return Outcome::understood;
  event.kind = Event::Kind::rejected;
  event.text = line.rest();
  ledger.tried(event);
  return Outcome::understood;
}

// "ID2: sender notify: Cannot send message for 5 days", "ID2: return to sender: ..."
Outcome read_notice(Cursor line, Event event, Ledger& ledger) {
  bool is_about = line.skip("sender notify: ") || line.skip("return to sender: ") ||
                  line.skip("postmaster notify: ");
  if (is_about && line.sees("Cannot send message for ")) ledger.expired(event);
  return Outcome::understood;
}

// <a@b>... User unknown
Outcome read_unknown(Cursor line, Event event, Ledger& ledger) {
  auto recipient = line.address(">... ");
  if (!recipient) return Outcome::understood;
  event.kind = Event::Kind::rejected;
  event.recipient = *recipient;
  event.text = line.rest();
  ledger.tried(event);
  return Outcome::understood;
}

}  // namespace

bool is_sendmail(std::string_view tag) {
  return tag == "sendmail" || tag.starts_with("sm-");
}

Outcome read_sendmail(std::string_view text, std::int64_t time, Ledger& ledger) {
  Cursor line(text);
  Event event;
  event.mta = Mta::sendmail;
  event.time = time;
  event.id = read_id(line);
  if (event.id.empty()) return Outcome::understood;
  if (line.skip("to=")) return read_try(line, event, ledger);
  if (line.skip("from=")) return read_arrival(line, event, ledger);
  if (line.skip("ruleset=")) return read_ruleset(line, event, ledger);
  if (line.skip("Milter: ")) return read_milter(line, event, ledger);
  if (line.skip("<")) return read_unknown(line, event, ledger);
  if (line.sees("done; ")) ledger.gone(event.id);
  if (!read_id(line).empty()) return read_notice(line, event, ledger);
  return Outcome::understood;
}

}  // namespace mailtrust::maillog
