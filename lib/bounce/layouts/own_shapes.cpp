// Systems whose notices have a shape of their own: XMail, Google Groups, Amazon SNS.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/layout.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/shape.hpp"
#include "json/value.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

string_view bracketed(string_view line, string_view title) {
  auto at = line.find(title);
  if (at == string_view::npos) return {};
  auto rest = line.substr(at + title.size());
  return rest.substr(0, rest.find(']'));
}

// The members of a notification that say why, one for each recipient.
std::vector<Failure> bounced_recipients(const Scene& scene, const json::Value& bounce) {
  std::vector<Failure> failures;
  for (const auto& recipient : bounce["bouncedRecipients"].items()) {
    if (failures.size() >= kMostCollected) break;
    Collector account(scene);
    account.open(recipient["emailAddress"].text());
    account.say(recipient["diagnosticCode"].text());
    if (!account.has_reply())
      account.say(std::string(bounce["bounceType"].text()) + " " +
                  std::string(bounce["bounceSubType"].text()));
    auto failure = account.finish().front();
    failure.status = parse_status(recipient["status"].text());
    if (recipient["action"].text() == "delayed") failure.action = Action::delayed;
    failures.push_back(std::move(failure));
  }
  return failures;
}

// sendmail breaks lines over the limit of RFC 5321 section 4.5.3.1.6 with "!" (its option "L=" and
// mailer flags), in the midst of a word.
std::string unbroken(string_view text) {
  constexpr string_view kBreak = "!\n ";
  std::string joined;
  for (auto at = text.find(kBreak); at != string_view::npos; at = text.find(kBreak)) {
    joined += text.substr(0, at);
    text.remove_prefix(at + kBreak.size());
  }
  return joined + std::string(text);
}

std::vector<Failure> delivered_recipients(const Scene& scene, const json::Value& delivery) {
  Collector accounts(scene);
  for (const auto& recipient : delivery["recipients"].items()) accounts.open(recipient.text());
  accounts.say(delivery["smtpResponse"].text());
  auto failures = accounts.finish();
  for (auto& failure : failures) failure.action = Action::delivered;
  return failures;
}

// https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html, in the envelope of SNS or
// bare.
std::optional<json::Value> notification_in(const Mail& mail) {
  auto begin = mail.text.find('{');
  auto end = mail.text.rfind('}');
  if (begin == std::string::npos || end == std::string::npos || end < begin) return std::nullopt;
  auto document = json::parse(unbroken(string_view(mail.text).substr(begin, end - begin + 1)));
  if (!document) return std::nullopt;
  auto message = json::parse((*document)["Message"].text());
  return message ? std::move(*message) : std::move(*document);
}

}  // namespace

// SysBounceFile of XMail (SMAILUtils.cpp): "[<00>] XMail bounce: Rcpt=[a@b];Error=[550 no]".
std::vector<Failure> read_xmail(const Scene& scene) {
  Collector accounts(scene);
  const auto& lines = scene.mail.lines;
  for (auto at = scene.line; at < lines.size(); ++at) {
    auto address = bracketed(lines[at], "Rcpt=[");
    if (address.empty()) continue;
    accounts.open(address);
    accounts.say(bracketed(lines[at], "Error=["));
  }
  return accounts.finish();
}

// The notice comes in the sender's language and has one meaning, so that its English words stand
// for all: the group does not exist, or the sender may not post to it.
std::vector<Failure> read_google_groups(const Scene& scene) {
  const auto* named = scene.mail.header.find("X-Failed-Recipients");
  auto group = named == nullptr ? std::nullopt : find_address(named->value);
  if (!group || !ascii::iends_with(group->address, "@googlegroups.com")) return {};
  Collector accounts(scene);
  accounts.open(group->address);
  accounts.say(
      "the group you tried to contact may not exist, or you may not have permission to "
      "post messages to the group");
  return accounts.finish();
}

std::vector<Failure> read_sns(const Scene& scene) {
  auto notification = notification_in(scene.mail);
  if (!notification) return {};
  auto failures = bounced_recipients(scene, (*notification)["bounce"]);
  return failures.empty() ? delivered_recipients(scene, (*notification)["delivery"]) : failures;
}

}  // namespace mailtrust::bounce::layouts

namespace mailtrust::bounce {

std::vector<std::string> read_complained(const Mail& mail) {
  if (mail.header.find("X-Amz-Sns-Message-Id") == nullptr) return {};
  auto notification = layouts::notification_in(mail);
  if (!notification) return {};
  std::vector<std::string> addresses;
  for (const auto& one : (*notification)["complaint"]["complainedRecipients"].items())
    if (addresses.size() < limits::kBounceRecipients)
      addresses.emplace_back(one["emailAddress"].text());
  return addresses;
}

}  // namespace mailtrust::bounce
