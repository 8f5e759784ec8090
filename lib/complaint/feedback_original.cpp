// What the message says that a complaint is about.
#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "complaint/feedback_parts.hpp"
#include "complaint/incident.hpp"
#include "message/address.hpp"
#include "message/date.hpp"
#include "received/field.hpp"

namespace mailtrust::complaint {
namespace {

constexpr std::size_t kMostIdentifiers = 50;

std::string value_of(const message::Header& header, std::string_view name) {
  const auto* field = header.find(name);
  return field != nullptr ? message::on_one_line(field->value) : std::string{};
}

std::string decoded(const message::Header& header, std::string_view name) {
  return message::decode_words(value_of(header, name));
}

// Fields that providers of mailing put in, and their like: "X-...-ID", "X-Campaign...", "CFBL-...".
bool is_identifier(std::string_view name) {
  constexpr std::array<std::string_view, 10> kNames = {
      "Feedback-ID", "CFBL-Feedback-ID", "CFBL-Address",  "X-Job",    "X-Mailer-RecptId",
      "X-Campaign",  "X-CampaignID",     "X-Mailgun-Sid", "X-SG-EID", "X-MC-User"};
  if (std::ranges::any_of(kNames, [&](auto one) { return ascii::iequals(one, name); })) return true;
  if (!ascii::istarts_with(name, "X-")) return false;
  constexpr std::array<std::string_view, 3> kOthers = {"X-Spam", "X-MS-", "X-Microsoft"};
  if (std::ranges::any_of(kOthers, [&](auto one) { return ascii::istarts_with(name, one); }))
    return false;
  auto lower = ascii::to_lower(name);
  return lower.ends_with("-id") || lower.ends_with("_id") ||
         lower.find("campaign") != std::string::npos ||
         lower.find("subscriber") != std::string::npos ||
         lower.find("customer") != std::string::npos;
}

// The addresses that are told of the client anywhere in the message.
bool knows_address(const message::Header& header, const net::Address& address) {
  for (const auto& field : header.fields()) {
    if (ascii::iequals(field.name, "Received")) {
      auto peer = received::parse_field(field.value).peer;
      if (peer.ip == address) return true;
    }
    if (field.value.find(to_string(address)) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

message::Header header_within(std::string_view octets) {
  return message::Header::parse(header_lines(octets.substr(0, limits::kHeader)));
}

void read_original(std::string_view octets, Original kind, Feedback& feedback) {
  auto header = header_within(octets);
  bool any = std::ranges::any_of(header.fields(), &message::Field::is_field);
  if (!any)
    return tell(feedback, Oddity::Kind::no_original,
                "what is attached as the message holds no header");
  feedback.original = kind;
  if (auto id = value_of(header, "Message-ID"); !id.empty()) feedback.message_id = std::move(id);
  feedback.subject = decoded(header, "Subject");
  feedback.from = decoded(header, "From");
  feedback.list_id = decoded(header, "List-Id");
  feedback.list_unsubscribe = value_of(header, "List-Unsubscribe");
  if (auto date = message::read_date(value_of(header, "Date"))) feedback.date = date->time;
  for (const auto& field : header.fields())
    if (feedback.identifiers.size() < kMostIdentifiers && is_identifier(field.name))
      feedback.identifiers.emplace_back(field.name, message::on_one_line(field.value));
}

void compare_with_original(std::string_view octets, Feedback& feedback) {
  auto header = header_within(octets);
  bool traced = header.count("Received") > 0;
  if (feedback.source && traced && !knows_address(header, *feedback.source))
    tell(feedback, Oddity::Kind::contradiction,
         "Source-IP " + to_string(*feedback.source) +
             " stands in no Received field of the message that is attached");
  constexpr std::int64_t kDay = 86'400;
  if (feedback.arrival && feedback.date && *feedback.arrival + kDay < *feedback.date)
    tell(feedback, Oddity::Kind::contradiction,
         "the message is dated more than a day after it is said to have arrived");
  if (feedback.incidents == 0)
    tell(feedback, Oddity::Kind::contradiction, "the report says that it is about no incident");
}

}  // namespace mailtrust::complaint
