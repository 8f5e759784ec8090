#include "maillog/kumomta.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace mailtrust::maillog {
namespace {

constexpr auto kKinds = std::to_array<std::pair<std::string_view, Event::Kind>>({
    {"Reception", Event::Kind::queued},
    {"Delivery", Event::Kind::delivered},
    {"TransientFailure", Event::Kind::deferred},
    {"Bounce", Event::Kind::failed},
    {"OOB", Event::Kind::failed},
    {"Expiration", Event::Kind::failed},
    {"AdminBounce", Event::Kind::failed},
    {"Rejection", Event::Kind::rejected},
    {"Feedback", Event::Kind::complained},
});

std::optional<Event::Kind> kind_of(std::string_view type) {
  for (const auto& [name, kind] : kKinds)
    if (name == type) return kind;
  return std::nullopt;
}

std::string status_of(const json::Value& code) {
  auto first = code["class"].integer(), second = code["subject"].integer();
  auto third = code["detail"].integer();
  if (!first || !second || !third) return {};
  return std::to_string(*first) + '.' + std::to_string(*second) + '.' + std::to_string(*third);
}

/// "550 5.1.1 no such user": the reply as it was, put together again.
std::string reply_of(const json::Value& response, const std::string& status) {
  std::string reply;
  if (auto code = response["code"].integer()) reply = std::to_string(*code) + ' ';
  if (!status.empty()) reply += status + ' ';
  return reply.append(response["content"].text());
}

/// "203.0.113.5:41230", "[2001:db8::1]:41230": the address alone.
std::string_view without_port(std::string_view address) {
  if (address.starts_with('[')) return address.substr(1, address.find(']') - 1);
  auto colon = address.find(':');
  return colon == address.rfind(':') ? address.substr(0, colon) : address;
}

std::string_view source_of(const json::Value& record, Event::Kind kind) {
  bool is_ours = kind != Event::Kind::queued && kind != Event::Kind::rejected;
  if (!is_ours) return record["peer_address"]["addr"].text();
  return without_port(record["source_address"]["address"].text());
}

/// A report about the message (RFC 5965) names its addresses apart from those of the report itself.
void set_original(Event& event, const json::Value& report) {
  if (auto sender = report["original_mail_from"].text(); !sender.empty()) event.sender = sender;
  const auto& recipients = report["original_rcpt_to"];
  auto recipient = recipients.is_array() ? recipients[0].text() : recipients.text();
  if (!recipient.empty()) event.recipient = recipient;
  if (auto ip = report["source_ip"].text(); !ip.empty()) event.source_ip = ip;
}

}  // namespace

Outcome read_kumomta(const json::Value& record, Ledger& ledger) {
  auto kind = kind_of(record["type"].text());
  auto time = record["timestamp"].integer();
  if (!kind) return record["type"].is_text() ? Outcome::understood : Outcome::foreign;
  if (!time) return Outcome::damaged;
  const auto& response = record["response"];
  auto status = status_of(response["enhanced_code"]);
  auto reply = reply_of(response, status);
  Event event;
  event.kind = *kind;
  event.mta = Mta::kumomta;
  event.time = *time;
  event.id = record["id"].text();
  event.sender = record["sender"].text();
  event.sender_known = record["sender"].is_text();
  event.source_ip = source_of(record, *kind);
  if (*kind != Event::Kind::queued && *kind != Event::Kind::rejected) {
    event.remote = record["peer_address"]["name"].text();
    event.remote_ip = record["peer_address"]["addr"].text();
  }
  event.status = status;
  event.text = reply;
  event.expired = record["type"].text() == "Expiration";
  const auto& recipient = record["recipient"];
  event.recipient = recipient.is_array() ? recipient[0].text() : recipient.text();
  if (*kind == Event::Kind::complained) set_original(event, record["feedback_report"]);
  ledger.tell(event);
  for (std::size_t i = 1; *kind != Event::Kind::complained && i < recipient.items().size(); ++i) {
    event.recipient = recipient[i].text();
    ledger.tell(event);
  }
  return Outcome::understood;
}

}  // namespace mailtrust::maillog
