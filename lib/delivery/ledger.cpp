#include "delivery/ledger.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/limits.hpp"
#include "delivery/key.hpp"

namespace mailtrust::delivery {
namespace {

using Kind = maillog::Event::Kind;

Outcome outcome_of(bounce::Type type) {
  switch (type) {
    case bounce::Type::hard: return Outcome::hard;
    case bounce::Type::soft: return Outcome::soft;
    case bounce::Type::notbounce:
    case bounce::Type::unknown: return Outcome::unknown;
  }
  return Outcome::unknown;
}

// Times from outside may be any; those of a calendar can be counted with.
std::int64_t sane(std::int64_t time) {
  constexpr std::int64_t kYear10000 = 253'402'300'800;
  return std::clamp<std::int64_t>(time, 0, kYear10000 - 1);
}

// What the log does not tell stays unknown; the null reverse-path is told.
std::string_view told_sender(const maillog::Event& event, std::string& room) {
  return event.sender_known ? sender_of(event.sender, room) : std::string_view{};
}

std::string_view told_sender(const bounce::Notice& notice, std::string& room) {
  return notice.sender.empty() ? std::string_view{} : sender_of(notice.sender, room);
}

}  // namespace

void Ledger::count(std::int64_t time, Outcome outcome, std::string_view recipient,
                   std::string_view sender, std::optional<bounce::Reason> reason) {
  tally.add({time, outcome, domain_of(recipient, domain_room_), reason, sender});
}

void Ledger::add(const maillog::Event& told) {
  auto event = told;
  event.time = sane(event.time);
  take_away(event);
  if (!period_.holds(event.time)) return;
  switch (event.kind) {
    case Kind::queued:
    case Kind::rejected: return;
    case Kind::delivered: return add_delivery(event);
    case Kind::deferred:
    case Kind::failed: return add_attempt(event);
    case Kind::complained:
      return count(event.time, Outcome::complaint, event.recipient,
                   told_sender(event, sender_room_), bounce::Reason::complaint);
  }
}

// Deliveries into a filter whose message turns up in the queue again now.
void Ledger::take_away(const maillog::Event& event) {
  for (const auto& undo : handovers_.see(event))
    tally.take({undo.time, Outcome::delivered, undo.domain, {}, undo.sender});
}

void Ledger::add_delivery(const maillog::Event& event) {
  auto sender = told_sender(event, sender_room_);
  if (is_local_hop(event)) {
    Handovers::Undo undo{event.time, std::string(domain_of(event.recipient, domain_room_)),
                         std::string(sender)};
    if (handovers_.goes_on(event, std::move(undo))) return;
  }
  for (auto address : {event.recipient, event.original}) {
    auto* known = address.empty() ? nullptr : evidence.find(mailbox_of(address, address_room_));
    if (known == nullptr) continue;
    if (known->takes_delivery(event.time)) {
      ++paired;
      return;
    }
    known->deliver(event.time);
  }
  count(event.time, Outcome::delivered, event.recipient, sender, {});
}

void Ledger::add_attempt(const maillog::Event& event) {
  auto verdict = replies_.verdict(event);
  auto sender = told_sender(event, sender_room_);
  if (event.kind == Kind::deferred)
    return count(event.time, Outcome::deferred, event.recipient, sender, verdict.reason);
  bool answered = !event.remote.empty() && verdict.status && !event.text.empty() &&
                  bounce::read_reply(event.text).code != 0;
  add_failure({event.time, 0, Told::log, event.recipient, event.original, sender, &verdict,
               event.text, answered});
}

// Aliases give an address two names; evidence is kept under the one it was first known by.
Evidence* Ledger::evidence_of(std::string_view address, std::string_view original) {
  address = mailbox_of(address, address_room_);
  original = mailbox_of(original, original_room_);
  if (!original.empty() && original != address && evidence.find(address) == nullptr)
    if (auto* known = evidence.find(original)) return known;
  return address.empty() ? nullptr : evidence.at(address);
}

void Ledger::add_failure(const Failed& failed) {
  auto* known = evidence_of(failed.address, failed.original);
  if (known != nullptr && known->tell({failed.time, failed.sent, failed.told})) {
    ++paired;
    return;
  }
  const auto& verdict = *failed.verdict;
  auto outcome = outcome_of(verdict.type);
  count(failed.time, outcome, failed.address, failed.sender, verdict.reason);
  if (known == nullptr) return;
  if (outcome == Outcome::hard)
    known->fail(known->hard, failed.time, verdict.reason, verdict.rule, failed.reply);
  if (outcome == Outcome::soft && is_against_address(verdict.reason, failed.answered))
    known->fail(known->soft, failed.time, verdict.reason, verdict.rule, failed.reply);
}

void Ledger::add(const bounce::Notice& notice) {
  using NoticeKind = bounce::Kind;
  auto time = sane(notice.date.value_or(notice.returned.date.value_or(now_)));
  switch (notice.kind) {
    case NoticeKind::auto_reply: ++mails.auto_replies; return;
    case NoticeKind::message: ++mails.others; return;
    case NoticeKind::bounce: ++mails.bounces; break;
    case NoticeKind::delayed: ++mails.delayed; break;
    case NoticeKind::delivered: ++mails.delivered; break;
    case NoticeKind::complaint: ++mails.complaints; break;
  }
  if (!period_.holds(time)) return;
  if (notice.kind == NoticeKind::complaint) {
    auto recipient =
        notice.recipients.empty() ? std::string_view{} : notice.recipients.front().failure.address;
    return count(time, Outcome::complaint, recipient, told_sender(notice, sender_room_),
                 bounce::Reason::complaint);
  }
  for (const auto& recipient : notice.recipients) add_recipient(notice, recipient, time);
}

void Ledger::add_recipient(const bounce::Notice& notice, const bounce::Recipient& recipient,
                           std::int64_t time) {
  const auto& failure = recipient.failure;
  // A copy for the postmaster tells the same failure of the same message.
  if (!notice.returned.message_id.empty() && !failure.address.empty() &&
      !remember(notice.returned.message_id + '\n' + failure.address + '\n' +
                std::string(to_string(notice.kind)))) {
    ++mails.repeated;
    return;
  }
  auto sender = told_sender(notice, sender_room_);
  bool delayed = notice.kind == bounce::Kind::delayed;
  switch (delayed ? bounce::Action::delayed : failure.action) {
    case bounce::Action::expanded: return;
    case bounce::Action::relayed:
    case bounce::Action::delivered: return add_receipt(notice, recipient, time);
    case bounce::Action::delayed:
      return count(time, Outcome::deferred, failure.address, sender, recipient.verdict.reason);
    case bounce::Action::failed: break;
  }
  if (recipient.verdict.type == bounce::Type::notbounce) return;
  bool answered = !failure.remote.empty() && failure.code != 0;
  add_failure({time, sane(notice.returned.date.value_or(0)), Told::notice, failure.address,
               failure.original, sender, &recipient.verdict, failure.diagnostic, answered});
}

void Ledger::add_receipt(const bounce::Notice& notice, const bounce::Recipient& recipient,
                         std::int64_t time) {
  const auto& failure = recipient.failure;
  if (auto* known = evidence_of(failure.address, failure.original)) {
    known->tell({time, sane(notice.returned.date.value_or(0)), Told::receipt});
    known->deliver(time);
  }
  count(time, Outcome::delivered, failure.address, told_sender(notice, sender_room_), {});
}

bool Ledger::is_new(std::string_view mail) {
  if (remember(mail)) return true;
  ++mails.repeated;
  return false;
}

// False when it was known.
bool Ledger::remember(std::string_view what) {
  constexpr std::size_t kOctets = 16;
  auto digest = hash(Digest::sha256, what).substr(0, kOctets);
  if (known_mails.contains(digest)) return false;
  if (known_mails.size() >= limits::kDeliveryMails) return true;
  known_mails.insert(digest);
  new_mails.push_back(std::move(digest));
  return true;
}

}  // namespace mailtrust::delivery
