#include "bounce/notice.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/automatic.hpp"
#include "bounce/combine.hpp"
#include "bounce/delivery_status.hpp"
#include "bounce/free_text.hpp"
#include "bounce/layout.hpp"
#include "bounce/mail.hpp"
#include "bounce/mailbox_text.hpp"
#include "bounce/original.hpp"
#include "complaint/feedback.hpp"
#include "message/address.hpp"
#include "message/date.hpp"

namespace mailtrust::bounce {
namespace {

constexpr int kMaxForwards = 3;

std::string first_mailbox(const message::Header& header, std::string_view name) {
  const auto* field = header.find(name);
  if (field == nullptr) return {};
  auto list = message::parse_addresses(field->value);
  if (list.addresses.empty()) return {};
  return list.addresses.front().local + '@' + list.addresses.front().domain;
}

// Gateways make a file of it ("details.txt").
bool is_status_part(const message::Part& part) {
  constexpr std::size_t kFirstField = 64;
  const auto& type = part.content_type.type;
  if (type == "message/delivery-status" || type == "message/global-delivery-status") return true;
  return type == "application/octet-stream" &&
         ascii::istarts_with(ascii::trim(text_of(part, kFirstField)), "Reporting-MTA:");
}

void join(DeliveryStatus& all, DeliveryStatus one) {
  if (all.reporting_mta.empty()) all.reporting_mta = std::move(one.reporting_mta);
  if (all.sender.empty()) all.sender = std::move(one.sender);
  for (auto& recipient : one.recipients) all.recipients.push_back(std::move(recipient));
}

// A bounce that lost its MIME on the way: the machine's part stands in the text.
std::string_view status_in_text(const Mail& mail) {
  for (auto line : mail.lines) {
    bool begins = ascii::istarts_with(line, "Reporting-MTA:") ||
                  ascii::istarts_with(line, "Final-Recipient:") ||
                  ascii::istarts_with(line, "Original-Recipient:");
    if (begins)
      return std::string_view(mail.text).substr(
          static_cast<std::size_t>(line.data() - mail.text.data()));
  }
  return {};
}

DeliveryStatus read_status(const Mail& mail) {
  DeliveryStatus all;
  for (const auto& part : mail.structure.parts)
    if (is_status_part(part)) join(all, read_delivery_status(text_of(part, limits::kBounceStatus)));
  if (all.recipients.empty()) join(all, read_delivery_status(status_in_text(mail)));
  return all;
}

// Reading a complaint is not cheap: only what could be one is read.
bool may_be_complaint(const Mail& mail) {
  const auto& type = mail.structure.parts.front().content_type;
  if (ascii::iequals(type.parameter("report-type").value_or(""), "feedback-report")) return true;
  for (std::string_view name : {"X-XARF", "X-ARF", "X-Apple-Unsubscribe"})
    if (mail.header.find(name) != nullptr) return true;
  if (mail.subject.find("complaint about message from ") != std::string::npos) return true;
  return std::ranges::any_of(mail.structure.parts, [](const message::Part& part) {
    return part.content_type.type.ends_with("feedback-report") ||
           part.content_type.type.ends_with("xarf+json");
  });
}

Kind kind_of(const std::vector<Recipient>& recipients) {
  auto any = [&](Action action) {
    return std::ranges::any_of(recipients,
                               [&](const Recipient& one) { return one.failure.action == action; });
  };
  if (any(Action::failed)) return Kind::bounce;
  return any(Action::delayed) ? Kind::delayed : Kind::delivered;
}

class Reading {
 public:
  explicit Reading(const Mail& mail) : mail_(mail) {}

  Notice run(int forwards) {
    take_frame();
    if (may_be_complaint(mail_) && take_complaint()) return std::move(notice_);
    if (take_notified_complaint()) return std::move(notice_);
    if (take_told()) return std::move(notice_);
    if (take_receipt()) return std::move(notice_);
    if (!is_from_mail_system(mail_) && is_auto_reply(mail_)) return auto_reply();
    if (take_free_text(forwards)) return std::move(notice_);
    if (is_auto_reply(mail_)) return auto_reply();
    if (forwards < kMaxForwards) take_forwarded(forwards);
    return std::move(notice_);
  }

 private:
  void take_frame() {
    if (const auto* field = mail_.header.find("Date"))
      if (auto date = message::read_date(field->value)) notice_.date = date->time;
    original_ = read_original(mail_);
    notice_.returned = original_.returned;
    notice_.sender = original_.sender;
  }

  void add(std::string address, Reason reason) {
    Recipient recipient;
    recipient.failure.address = std::move(address);
    recipient.failure.action = Action::delivered;
    recipient.verdict.reason = reason;
    recipient.verdict.type = Type::notbounce;
    notice_.recipients.push_back(std::move(recipient));
  }

  // Of each address once, however often it is named.
  void add_complained(std::vector<std::string> addresses) {
    std::unordered_set<std::string> seen;
    for (auto& address : addresses)
      if (seen.insert(address).second) add(std::move(address), Reason::complaint);
  }

  bool take_complaint() {
    auto feedback = complaint::read_feedback(mail_.octets);
    if (!feedback) return false;
    notice_.kind = Kind::complaint;
    notice_.system = to_string(feedback->layout);
    auto addresses = feedback->recipients.empty() ? original_.recipients : feedback->recipients;
    if (addresses.empty()) addresses.emplace_back();
    add_complained(std::move(addresses));
    if (notice_.sender.empty()) notice_.sender = feedback->mail_from.value_or("");
    if (notice_.returned.message_id.empty()) notice_.returned.message_id = feedback->message_id;
    return true;
  }

  bool take_notified_complaint() {
    auto addresses = read_complained(mail_);
    if (addresses.empty()) return false;
    notice_.kind = Kind::complaint;
    notice_.system = "amazonses";
    add_complained(std::move(addresses));
    return true;
  }

  // What a machine-readable part or a known layout says.
  bool take_told() {
    auto status = read_status(mail_);
    Readings readings{std::move(status.recipients), {}, original_.recipients, {}};
    if (auto layout = read_layout(mail_)) {
      notice_.system = readings.system = layout->system;
      readings.layout = std::move(layout->failures);
    }
    if (readings.status.empty() && readings.layout.empty()) return false;
    notice_.reporting_mta = std::move(status.reporting_mta);
    if (notice_.sender.empty()) notice_.sender = std::move(status.sender);
    if (notice_.system.empty()) notice_.system = "rfc3464";
    take_recipients(combine(mail_, std::move(readings)));
    return true;
  }

  void take_recipients(std::vector<Recipient> recipients) {
    notice_.cut = recipients.size() > limits::kBounceRecipients;
    if (notice_.cut) recipients.resize(limits::kBounceRecipients);
    notice_.recipients = std::move(recipients);
    notice_.kind = kind_of(notice_.recipients);
    for (auto& one : notice_.recipients) one.failure.system = notice_.system;
    // A bounce goes to whom the message came from (RFC 5321 section 4.5.5).
    if (notice_.sender.empty()) notice_.sender = first_mailbox(mail_.header, "To");
  }

  bool take_receipt() {
    auto reader = read_receipt(mail_);
    if (reader.empty()) return false;
    notice_.kind = Kind::delivered;
    notice_.system = "rfc8098";
    add(std::move(reader), Reason::delivered);
    return true;
  }

  Notice auto_reply() {
    notice_.kind = Kind::auto_reply;
    if (notice_.system.empty()) notice_.system = "rfc3834";
    auto address = first_mailbox(mail_.header, "From");
    if (address.empty()) address = first_mailbox(mail_.header, "Reply-To");
    add(std::move(address), Reason::auto_reply);
    return std::move(notice_);
  }

  bool take_free_text(int forwards) {
    // A postmaster writes ordinary mail too: two signs out of three, or a server's own words.
    bool returns = has_null_path(mail_) && !mail_.returned.empty() && says_undelivered(mail_);
    int signs = (is_from_mail_system(mail_) ? 1 : 0) + (has_null_path(mail_) ? 1 : 0) +
                (is_about_delivery(mail_) || returns ? 1 : 0);
    if (signs < 2 && !(signs == 1 && is_from_mail_system(mail_) && quotes_a_server(mail_)))
      return false;
    auto recipients = combine(mail_, {{}, {}, original_.recipients, notice_.system});
    // A notice around a notice, of which only the inner one names somebody.
    if (recipients.empty() && forwards < kMaxForwards && take_returned_notice(forwards))
      return true;
    if (recipients.empty())
      recipients = combine(mail_, {{}, unnamed(), original_.recipients, notice_.system});
    // Nobody is named anywhere: without a word about a delivery it tells of none.
    if (recipients.empty()) return false;
    take_recipients(std::move(recipients));
    return true;
  }

  // A failure for each to whom the message went; of nobody where that is not known either.
  [[nodiscard]] std::vector<Failure> unnamed() const {
    std::size_t count = original_.recipients.size();
    if (count == 0 && is_about_delivery(mail_)) count = 1;
    return std::vector<Failure>(count);
  }

  bool take_returned_notice(int forwards) {
    auto inner = take_apart(mail_.returned);
    auto notice = Reading(inner).run(forwards + 1);
    if (notice.kind != Kind::bounce && notice.kind != Kind::delayed) return false;
    notice_ = std::move(notice);
    return true;
  }

  void take_forwarded(int forwards) {
    for (const auto& part : mail_.structure.parts) {
      if (part.content_type.type != "message/rfc822" && part.content_type.type != "message/global")
        continue;
      auto octets = message::decode_content(part);
      auto inner = take_apart(octets);
      auto notice = Reading(inner).run(forwards + 1);
      if (notice.kind == Kind::message) continue;
      notice_ = std::move(notice);
      return;
    }
  }

  const Mail& mail_;
  Original original_;
  Notice notice_;
};

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::bounce: return "bounce";
    case Kind::delayed: return "delayed";
    case Kind::delivered: return "delivered";
    case Kind::complaint: return "complaint";
    case Kind::auto_reply: return "auto_reply";
    case Kind::message: return "message";
  }
  return "message";
}

Expected<Notice> read_notice(std::string_view octets) {
  auto mail = take_apart(octets);
  bool has_field = std::ranges::any_of(mail.header.fields(),
                                       [](const message::Field& one) { return one.is_field(); });
  if (!has_field)
    return fail(Error::Kind::input, {}, "no message: it begins with no header field (RFC 5322)");
  return Reading(mail).run(0);
}

}  // namespace mailtrust::bounce
