#include "maillog/postfix.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.hpp"
#include "maillog/cursor.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kLongestId = 24;

// Programs that deliver; those that take mail in or refuse it; the rest says nothing that counts.
constexpr auto kDelivering = std::to_array<std::string_view>(
    {"smtp", "lmtp", "local", "virtual", "pipe", "error", "retry", "discard"});
constexpr auto kRefusing = std::to_array<std::string_view>({"smtpd", "postscreen", "cleanup"});
constexpr auto kManaging = std::to_array<std::string_view>({"qmgr", "oqmgr", "nqmgr", "postsuper"});
constexpr auto kOthers = std::to_array<std::string_view>(
    {"anvil",          "bounce",   "dnsblog",   "error",      "flush",          "master",
     "pickup",         "postdrop", "postfix",   "postlog",    "postqueue",      "postmap",
     "postfix-script", "proxymap", "qmqpd",     "scache",     "sendmail",       "showq",
     "spawn",          "tlsmgr",   "tlsproxy",  "trace",      "defer",          "verify",
     "postalias",      "postlogd", "postmulti", "proxywrite", "trivial-rewrite"});

bool is_one_of(std::string_view service, const auto& services) {
  return std::ranges::find(services, service) != services.end();
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && std::ranges::all_of(text, ascii::is_alnum);
}

/// "A1B2C3: ", stepped over; empty where none stands.
std::string_view read_id(Cursor& line) {
  auto ahead = line;
  auto id = ahead.take(std::min(line.rest().find(':'), kLongestId + 1));
  if (!is_id(id) || !ahead.skip(": ")) return {};
  line = ahead;
  return id;
}

/// Up to ">, " before the field that must follow: without a quoted local part addresses are logged
/// as they came (info_log_addr_form = internal, Postfix before 3.5), with any octet inside.
std::optional<std::string_view> read_address(Cursor& line, std::string_view next,
                                             std::string_view or_next) {
  auto from = line.quoted();
  for (auto end = line.rest().find(">, ", from); end != std::string_view::npos;
       end = line.rest().find(">, ", end + 1)) {
    auto behind = line.rest().substr(end + 3);
    if (!behind.starts_with(next) && !behind.starts_with(or_next)) continue;
    auto address = line.take(end);
    line.skip(">, ");
    return address;
  }
  return std::nullopt;
}

std::optional<Event::Kind> kind_of(std::string_view status) {
  if (status == "sent") return Event::Kind::delivered;
  if (status == "deferred" || status == "SOFTBOUNCE") return Event::Kind::deferred;
  if (status == "bounced" || status == "expired") return Event::Kind::failed;
  return std::nullopt;
}

/// "host mx.example[192.0.2.1] said: ...", "connect to mx.example[192.0.2.1]:25: ...": a try that
/// ended before a relay was chosen names the host here.
Host host_in(std::string_view text) {
  Cursor cursor(text);
  cursor.skip("delivery temporarily suspended: ");
  if (!cursor.skip("host ") && !cursor.skip("connect to ") && !cursor.skip("conversation with ") &&
      !cursor.skip("lost connection with "))
    return {};
  auto end = cursor.rest().find(']');
  auto host = end == std::string_view::npos ? Host{} : read_host(cursor.take(end + 1));
  return host.name.find_first_of(" :<") == std::string_view::npos ? host : Host{};
}

void set_host(Event& event, std::string_view service, std::string_view relay) {
  if (service != "smtp" && service != "lmtp") return;
  bool is_socket = relay.find("[/") != std::string_view::npos ||
                   relay.find("[private/") != std::string_view::npos ||
                   relay.find("[public/") != std::string_view::npos;
  if (is_socket) return;
  auto host = relay == "none" ? host_in(event.text) : read_host(relay);
  event.remote = host.name;
  event.remote_ip = host.ip;
}

// to=<>, orig_to=<>, relay=, conn_use=, delay=, delays=, dsn=, status=WORD (text)
Outcome read_try(std::string_view service, Cursor line, Event event, Ledger& ledger) {
  auto recipient = read_address(line, "relay=", "orig_to=<");
  if (!recipient) return Outcome::damaged;
  event.recipient = *recipient;
  if (line.skip("orig_to=<")) {
    auto original = read_address(line, "relay=", "relay=");
    if (!original) return Outcome::damaged;
    event.original = *original;
  }
  std::string_view relay;
  while (!line.sees("status=")) {
    auto field = line.until(", ");
    if (!field) return Outcome::damaged;
    if (field->starts_with("relay=")) relay = field->substr(6);
    if (field->starts_with("dsn=")) event.status = field->substr(4);
  }
  line.skip("status=");
  auto status = line.word();
  line.skip(" (");
  event.text = line.rest();
  if (event.text.ends_with(')')) event.text.remove_suffix(1);
  auto kind = kind_of(status);
  // Probes (deliverable, undeliverable) and sendmail -bv are no mail.
  if (!kind) return status.empty() ? Outcome::damaged : Outcome::understood;
  event.kind = *kind;
  event.expired = status == "expired";
  set_host(event, service, relay);
  ledger.tried(event);
  return Outcome::understood;
}

Outcome read_manager(Cursor line, Event event, Ledger& ledger) {
  if (line.rest() == "removed") {
    ledger.gone(event.id);
    return Outcome::understood;
  }
  if (!line.skip("from=<")) return Outcome::understood;
  auto sender = read_address(line, "size=", "status=");
  if (!sender) return Outcome::damaged;
  event.sender = *sender;
  event.sender_known = true;
  if (line.sees("size="))
    ledger.queued(event);
  else if (line.sees("status=expired") || line.sees("status=force-expired"))
    ledger.expired(event);
  return Outcome::understood;
}

/// "; from=<a> to=<b> proto=ESMTP helo=<c>", in postscreen with commas. It stands behind the reply,
/// which may quote an address and the words of a list, and before what the client called itself.
void read_session(Cursor line, Event& event) {
  auto text = line.rest();
  line.word("<;");
  if (line.skip("<")) line.address(">");
  auto reply = line.until("; from=<");
  if (!reply) return;
  event.text =
      text.substr(0, text.size() - line.rest().size() - std::string_view("; from=<").size());
  auto sender = line.address(">");
  if (!sender) return;
  event.sender = *sender;
  event.sender_known = true;
  line.skip(",");
  if (line.skip(" to=<")) event.recipient = line.address(">").value_or(std::string_view());
}

/// "5.7.1" of "550 5.7.1 text" or "5.7.1 text".
std::string_view status_of(std::string_view reply) {
  Cursor cursor(reply);
  auto first = cursor.word();
  if (first.find('.') == std::string_view::npos) {
    cursor.skip(" ");
    first = cursor.word();
  }
  bool is_status = first.size() >= 5 && first[1] == '.' && (first[0] == '4' || first[0] == '5');
  return is_status ? first : std::string_view();
}

// reject: RCPT from host[ip]: 550 5.1.1 <a@b>: text; from=<> to=<> proto= helo=<>
Outcome read_refusal(Cursor line, Event event, Ledger& ledger) {
  if (!line.skip("reject: ") && !line.skip("milter-reject: ")) return Outcome::understood;
  event.kind = Event::Kind::rejected;
  // The content of a header or body line stands first, and may look like all that follows.
  if (line.sees("header ") || line.sees("body ") || line.sees("mime-header ") ||
      line.sees("nested-header ")) {
    ledger.tried(event);
    return Outcome::understood;
  }
  line.word();
  if (!line.skip(" from ")) return Outcome::damaged;
  auto client = line.until("]");
  if (!client) return Outcome::damaged;
  event.source_ip = read_host(*client).ip;
  if (!line.until(": ")) return Outcome::damaged;
  event.text = line.rest();
  event.status = status_of(line.rest());
  read_session(line, event);
  ledger.tried(event);
  return Outcome::understood;
}

}  // namespace

std::string_view postfix_service(std::string_view tag) {
  auto slash = tag.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return {};
  auto service = tag.substr(slash + 1);
  bool is_known = is_one_of(service, kDelivering) || is_one_of(service, kManaging) ||
                  is_one_of(service, kRefusing) || is_one_of(service, kOthers);
  return is_known ? service : std::string_view();
}

Outcome read_postfix(std::string_view service, std::string_view text, std::int64_t time,
                     Ledger& ledger) {
  Cursor line(text);
  Event event;
  event.mta = Mta::postfix;
  event.time = time;
  event.id = read_id(line);
  if (event.id.empty()) return Outcome::understood;
  if (is_one_of(service, kRefusing)) {
    if (event.id == "NOQUEUE") event.id = {};
    return read_refusal(line, event, ledger);
  }
  if (is_one_of(service, kManaging)) return read_manager(line, event, ledger);
  if (!is_one_of(service, kDelivering) || !line.skip("to=<")) return Outcome::understood;
  return read_try(service, line, event, ledger);
}

}  // namespace mailtrust::maillog
