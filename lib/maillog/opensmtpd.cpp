#include "maillog/opensmtpd.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "maillog/cursor.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kIdLength = 16;  // hexadecimal, of sessions and envelopes

bool is_id(std::string_view text) {
  return text.size() == kIdLength &&
         std::ranges::all_of(text, [](char c) { return ascii::hex_value(c) >= 0; });
}

struct Fields {
  std::string_view id, sender, to, recipient, source, relay, result, status, address, command;
  bool sender_known = false;
};

void assign(Fields& fields, std::string_view key, std::string_view value) {
  if (key == "evpid") fields.id = value;
  if (key == "to") fields.to = value;
  if (key == "rcpt" && value != "-") fields.recipient = value;
  if (key == "source") fields.source = value;
  if (key == "relay") fields.relay = value;
  if (key == "result") fields.result = value;
  if (key == "stat") fields.status = value;
  if (key == "address") fields.address = value;
  if (key == "command") fields.command = value;
  if (key == "from") {
    fields.sender = value;
    fields.sender_known = true;
  }
}

/// <address>, "quoted", or a word; `gap` stands between fields.
std::string_view read_value(Cursor& line, std::string_view gap) {
  if (auto length = line.quoted(); length != 0) {
    auto value = line.take(length);
    return value.substr(1, value.size() - 2);
  }
  if (line.skip("<")) return line.address(">").value_or(std::string_view());
  auto value = line.rest().substr(0, line.rest().find(gap));
  return line.take(value.size());
}

/// key=value parted by " " or ", ". The old form's stat= is the last, and unquoted.
Fields read_fields(Cursor line, std::string_view gap) {
  Fields fields;
  while (!line.at_end()) {
    auto key = line.word("= ");
    if (!line.skip("=")) break;
    bool is_open = key == "stat" && gap == ", ";
    assign(fields, key, is_open ? line.rest() : read_value(line, gap));
    if (is_open || !line.skip(gap)) break;
  }
  return fields;
}

std::optional<Event::Kind> kind_of(std::string_view result) {
  if (result == "Ok") return Event::Kind::delivered;
  if (result == "TempFail") return Event::Kind::deferred;
  if (result == "PermFail" || result == "Expire" || result == "Loop") return Event::Kind::failed;
  return std::nullopt;
}

/// "mx.example (192.0.2.1)" of the old form has them the other way round: "192.0.2.1 (mx.example)".
Host read_relay(std::string_view relay) {
  auto open = relay.find(" (");
  auto is_address = [](std::string_view text) {
    return !text.empty() && (text.find(':') != text.npos || ascii::is_digit(text.back()));
  };
  if (open == std::string_view::npos) return is_address(relay) ? Host{{}, relay} : Host{relay, {}};
  auto first = relay.substr(0, open);
  auto second = relay.substr(open + 2);
  if (second.ends_with(')')) second.remove_suffix(1);
  return is_address(first) ? Host{second, first} : Host{first, second};
}

Outcome read_try(Event event, const Fields& fields, Ledger& ledger) {
  auto kind = kind_of(fields.result);
  if (!kind || fields.to.empty()) return Outcome::damaged;
  event.kind = *kind;
  event.expired = fields.result == "Expire";
  if (event.id.empty()) event.id = fields.id;
  event.sender = fields.sender;
  event.sender_known = fields.sender_known;
  event.recipient = fields.to;
  event.original = fields.recipient == fields.to ? std::string_view() : fields.recipient;
  auto host = read_relay(fields.relay);
  event.remote = host.name;
  event.remote_ip = host.ip;
  event.source_ip = fields.source == "-" ? std::string_view() : fields.source;
  event.text = fields.status;
  if (*kind != Event::Kind::deferred && !event.expired) {
    ledger.tried(event);
    ledger.gone(event.id);
    return Outcome::understood;
  }
  ledger.tried(event);
  return Outcome::understood;
}

// smtp envelope evpid=... from=<a@b> to=<c@d>
Outcome read_envelope(Event event, const Fields& fields, Ledger& ledger) {
  if (fields.id.empty() || !fields.sender_known) return Outcome::understood;
  event.id = fields.id;
  event.sender = fields.sender;
  event.recipient = fields.to;
  ledger.queued(event, 1);
  return Outcome::understood;
}

// smtp failed-command command="RCPT TO:<a@b>" result="550 Invalid recipient: <a@b>"
Outcome read_failed_command(Event event, const Fields& fields, Ledger& ledger) {
  Cursor command(fields.command);
  bool is_refusal = fields.result.starts_with('4') || fields.result.starts_with('5');
  if (!is_refusal || !command.skip("RCPT TO:<")) return Outcome::understood;
  event.kind = Event::Kind::rejected;
  event.recipient = command.address(">").value_or(std::string_view());
  event.text = fields.result;
  event.source_ip = fields.address;
  ledger.tell(event);
  return Outcome::understood;
}

// relay: Ok for 0123456789abcdef: session=..., from=<a@b>, to=<c@d>, ..., stat=250 ok
Outcome read_old(Cursor line, Event event, Ledger& ledger) {
  auto result = line.word();
  if (!line.skip(" for ")) return Outcome::understood;
  auto id = line.word(":");
  if (!is_id(id) || !line.skip(": ")) return Outcome::understood;
  event.id = id;
  auto fields = read_fields(line, ", ");
  fields.result = result;
  return read_try(event, fields, ledger);
}

}  // namespace

Outcome read_opensmtpd(std::string_view text, std::int64_t time, Ledger& ledger) {
  Cursor line(text);
  Event event;
  event.mta = Mta::opensmtpd;
  event.time = time;
  if (line.skip("relay: ") || line.skip("delivery: ")) return read_old(line, event, ledger);
  if (!is_id(line.word()) || !line.skip(" ")) return Outcome::understood;
  auto part = line.word();
  line.skip(" event=") || line.skip(" ");
  auto what = line.word();
  line.skip(" ");
  auto fields = read_fields(line, " ");
  bool is_delivery = what == "delivery" && (part == "mta" || part == "mda" || part == "queue");
  if (is_delivery) return read_try(event, fields, ledger);
  if (part != "smtp") return Outcome::understood;
  if (what == "envelope") return read_envelope(event, fields, ledger);
  if (what == "failed-command") return read_failed_command(event, fields, ledger);
  return Outcome::understood;
}

}  // namespace mailtrust::maillog
