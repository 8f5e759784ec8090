// RFC 5965 section 3, RFC 6591 section 3, RFC 6692.
#include <algorithm>
#include <array>
#include <functional>
#include <limits>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "complaint/feedback_parts.hpp"
#include "message/date.hpp"
#include "received/peer.hpp"

namespace mailtrust::complaint {
namespace {

constexpr std::size_t kMostOddities = 100;

std::string_view without_brackets(std::string_view text) {
  text = ascii::trim(text);
  auto begin = text.find('<');
  auto end = text.rfind('>');
  bool bracketed = begin != std::string_view::npos && end != std::string_view::npos && begin < end;
  return bracketed ? text.substr(begin + 1, end - begin - 1) : text;
}

// Comments may stand behind numbers and words (RFC 5965 section 3.5: CFWS).
std::string_view first_word(std::string_view text) {
  text = ascii::trim(text);
  return text.substr(0, text.find_first_of(" \t("));
}

class Reading {
 public:
  explicit Reading(Feedback& feedback) : feedback_(feedback) {}

  void take(std::string_view name, const std::string& value) {
    for (const auto& rule : kRules) {
      if (!ascii::iequals(rule.name, name)) continue;
      bool again = std::ranges::find(seen_, rule.name) != seen_.end();
      seen_.push_back(rule.name);
      if (again && rule.once) return tell_twice(rule.name);
      return (this->*rule.take)(value);
    }
  }

  // RFC 5965 section 3.1: these three there must be.
  void finish() {
    for (std::string_view name : {"Feedback-Type", "User-Agent", "Version"})
      if (std::ranges::find(seen_, name) == seen_.end())
        tell(feedback_, Oddity::Kind::malformed, "the report has no " + std::string(name));
    if (feedback_.type == "auth-failure" && feedback_.auth_failure.empty())
      tell(feedback_, Oddity::Kind::malformed,
           "the report is of an authentication failure and has no Auth-Failure");
  }

 private:
  struct Rule {
    std::string_view name;
    bool once;
    void (Reading::*take)(const std::string& value);
  };

  void type(const std::string& value) {
    feedback_.type = ascii::to_lower(first_word(value));
    constexpr std::array<std::string_view, 9> kTypes = {
        "abuse",        "fraud",   "virus",          "not-spam", "other",
        "auth-failure", "opt-out", "miscategorized", "xarf"};
    if (std::ranges::find(kTypes, feedback_.type) == kTypes.end())
      tell(feedback_, Oddity::Kind::malformed,
           quote(feedback_.type) + " is no registered Feedback-Type; read as \"other\"");
  }

  void user_agent(const std::string& value) { feedback_.user_agent = value; }

  void version(const std::string& value) { feedback_.version = first_word(value); }

  void mail_from(const std::string& value) {
    feedback_.mail_from = std::string(without_brackets(value));
  }

  void recipient(const std::string& value) {
    // RFC 5965 section 3.2 has the mailbox alone; some write its type as RFC 3464 does.
    std::string_view text = ascii::trim(value);
    if (ascii::istarts_with(text, "rfc822;")) text = ascii::trim(text.substr(7));
    std::string mailbox(without_brackets(text));
    feedback_.redacted = feedback_.redacted || looks_redacted(mailbox);
    if (!mailbox.empty()) add_value(feedback_.recipients, std::move(mailbox), feedback_);
  }

  void arrival(const std::string& value) {
    auto date = message::read_date(value);
    if (!date)
      return tell(feedback_, Oddity::Kind::malformed, "no date can be read in " + quote(value));
    if (feedback_.arrival)
      return tell(feedback_, Oddity::Kind::malformed, "Arrival-Date and Received-Date, both");
    feedback_.arrival = date->time;
  }

  void source(const std::string& value) {
    feedback_.source = received::read_address(first_word(value));
    if (!feedback_.source)
      tell(feedback_, Oddity::Kind::malformed, "Source-IP is no address: " + quote(value));
  }

  void source_port(const std::string& value) {
    auto port = parse_number<std::uint16_t>(first_word(value));
    if (!port) return tell(feedback_, Oddity::Kind::malformed, "Source-Port: " + quote(value));
    feedback_.source_port = *port;
  }

  void incidents(const std::string& value) {
    auto number = parse_number<std::uint32_t>(first_word(value));
    if (!number)
      return tell(feedback_, Oddity::Kind::malformed,
                  "Incidents is no number of 32 bits: " + quote(value));
    feedback_.incidents = *number;
  }

  void domain(const std::string& value) {
    add_value(feedback_.domains, ascii::to_lower(first_word(value)), feedback_);
  }

  void uri(const std::string& value) {
    add_value(feedback_.uris, std::string(ascii::trim(value)), feedback_);
  }

  void results(const std::string& value) { add_value(feedback_.results, value, feedback_); }

  void auth_failure(const std::string& value) {
    feedback_.auth_failure = ascii::to_lower(first_word(value));
  }

  void delivery_result(const std::string& value) {
    feedback_.delivery_result = ascii::to_lower(first_word(value));
  }

  // Of the message, and read from it where it is attached.
  void message_id(const std::string& value) { feedback_.message_id = value; }

  void nothing(const std::string&) {}

  void tell_twice(std::string_view name) {
    tell(feedback_, Oddity::Kind::malformed,
         std::string(name) + " stands more than once; the first counts");
  }

  static constexpr std::array<Rule, 21> kRules = {{
      {"Feedback-Type", true, &Reading::type},
      {"User-Agent", true, &Reading::user_agent},
      {"Version", true, &Reading::version},
      {"Original-Mail-From", true, &Reading::mail_from},
      {"Original-Rcpt-To", false, &Reading::recipient},
      {"Removal-Recipient", false, &Reading::recipient},
      {"Redacted-Address", false, &Reading::recipient},
      {"Arrival-Date", true, &Reading::arrival},
      {"Received-Date", true, &Reading::arrival},
      {"Source-IP", true, &Reading::source},
      {"Source-Port", true, &Reading::source_port},
      {"Incidents", true, &Reading::incidents},
      {"Reported-Domain", false, &Reading::domain},
      {"Reported-URI", false, &Reading::uri},
      {"Authentication-Results", false, &Reading::results},
      {"Auth-Failure", true, &Reading::auth_failure},
      {"Delivery-Result", true, &Reading::delivery_result},
      {"Message-ID", true, &Reading::message_id},
      {"Original-Message-ID", true, &Reading::message_id},
      {"Reporting-MTA", true, &Reading::nothing},
      {"Original-Envelope-Id", true, &Reading::nothing},
  }};

  Feedback& feedback_;
  std::vector<std::string_view> seen_;
};

}  // namespace

void tell(Feedback& feedback, Oddity::Kind kind, std::string message) {
  if (feedback.oddities.size() < kMostOddities)
    feedback.oddities.push_back({kind, std::move(message)});
}

void add_value(std::vector<std::string>& values, std::string value, Feedback& feedback) {
  if (std::ranges::find(values, value) != values.end()) return;
  if (values.size() < kMaxValues) return values.push_back(std::move(value));
  auto said = "more than " + grouped(kMaxValues) + " values of one kind; the rest is left out";
  bool told = std::ranges::any_of(feedback.oddities,
                                  [&](const Oddity& oddity) { return oddity.message == said; });
  if (!told) tell(feedback, Oddity::Kind::malformed, said);
}

bool looks_redacted(std::string_view mailbox) {
  auto at = mailbox.rfind('@');
  if (at == std::string_view::npos || at + 1 == mailbox.size() || at == 0) return true;
  auto local = ascii::to_lower(mailbox.substr(0, at));
  if (local.find("redacted") != std::string::npos || local == "hashed") return true;
  // A hash: 20 characters or more of one alphabet with digits, no word of a name in it.
  auto is_hex = [](char c) { return ascii::hex_value(c) >= 0; };
  if (local.size() >= 32 && std::ranges::all_of(local, is_hex)) return true;
  return std::ranges::all_of(local, [](char c) { return c == 'x' || c == '*'; });
}

void read_report_fields(std::string_view text, Feedback& feedback) {
  if (text.size() > limits::kHeader)
    tell(feedback, Oddity::Kind::malformed,
         "the report is larger than 4 MiB; the rest is left out");
  auto header = message::Header::parse(text.substr(0, limits::kHeader));
  Reading reading(feedback);
  for (const auto& field : header.fields())
    if (field.is_field()) reading.take(field.name, message::on_one_line(field.value));
  reading.finish();
}

}  // namespace mailtrust::complaint
