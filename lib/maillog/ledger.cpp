#include "maillog/ledger.hpp"

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "base/number.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kLongestPath = 256;  // RFC 5321 section 4.5.3.1.3
constexpr std::size_t kLongestText = 300;  // of a reply kept for the case that no later one comes
constexpr std::string_view kStateMark = "maillog 1\n";

}  // namespace

void Ledger::queued(Event event, std::uint32_t recipients) {
  event.kind = Event::Kind::queued;
  event.sender_known = true;
  auto sender = event.sender.substr(0, kLongestPath);
  auto* message = queue_.find(event.id);
  // The same id again is a line said twice, unless the sender is another one: ids are used again.
  if (message != nullptr && message->sender == sender) return;
  if (message != nullptr) queue_.remove(event.id);
  auto& fresh = queue_.add(event.id);
  fresh.sender = sender;
  fresh.recipients = recipients;
  sink_(event);
}

void Ledger::tried(Event event) {
  auto* message = event.id.empty() ? nullptr : queue_.find(event.id);
  if (message == nullptr) return sink_(event);
  if (!event.sender_known) {
    event.sender = message->sender;
    event.sender_known = true;
  }
  bool is_over = event.kind == Event::Kind::delivered || event.kind == Event::Kind::failed;
  if (event.kind == Event::Kind::deferred) put_off(*message, event);
  sink_(event);
  if (!is_over) return;
  queue_.settle(*message, event.recipient);
  if (message->recipients != 0 && --message->recipients == 0) queue_.remove(event.id);
}

void Ledger::put_off(Message& message, const Event& event) {
  pending_.recipient = event.recipient.substr(0, kLongestPath);
  pending_.original = event.original.substr(0, kLongestPath);
  pending_.remote = event.remote.substr(0, kLongestPath);
  pending_.status = event.status.substr(0, kLongestPath);
  pending_.text = event.text.substr(0, kLongestText);
  queue_.put_off(message, pending_);
}

const Pending* Ledger::find_pending(std::string_view id, std::string_view recipient) {
  const auto* message = queue_.find(id);
  if (message == nullptr || !message->pending) return nullptr;
  auto is_it = [&](const Pending& one) { return one.recipient == recipient; };
  auto found = std::ranges::find_if(*message->pending, is_it);
  return found == message->pending->end() ? nullptr : &*found;
}

bool Ledger::is_put_off(std::string_view id, std::string_view recipient) {
  return find_pending(id, recipient) != nullptr;
}

void Ledger::recall(Event& event) {
  const auto* last = find_pending(event.id, event.recipient);
  if (last == nullptr) return;
  pending_ = *last;
  event.remote = pending_.remote;
  event.status = pending_.status;
  event.text = pending_.text;
}

void Ledger::expired(const Event& event) {
  auto* message = queue_.find(event.id);
  auto told = event;
  told.kind = Event::Kind::failed;
  told.expired = true;
  if (message == nullptr || !message->pending) return tried(told);
  auto pending = *message->pending;  // tried() settles them one by one
  for (const auto& one : pending) {
    told.recipient = one.recipient;
    told.original = one.original;
    told.remote = one.remote;
    told.status = one.status;
    told.text = one.text;
    tried(told);
  }
}

// One message a line: id, tab, recipients, tab, sender. What is put off is not carried along: the
// next try says it again.
std::string Ledger::state(std::size_t limit) const {
  std::string lines(kStateMark);
  queue_.each([&](const Message& message) {
    auto line = message.id + '\t' + std::to_string(message.recipients) + '\t' + message.sender;
    if (line.find('\n') != std::string::npos) return true;
    if (lines.size() + line.size() + 1 > limit) return false;
    lines += line + '\n';
    return true;
  });
  return lines.size() <= limit ? lines : std::string();
}

void Ledger::restore(std::string_view state) {
  if (!state.starts_with(kStateMark)) return;
  auto lines = ascii::split(state.substr(kStateMark.size()), '\n');
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    auto first = line->find('\t');
    auto second = line->find('\t', first == std::string_view::npos ? first : first + 1);
    if (first == 0 || second == std::string_view::npos) continue;
    auto id = line->substr(0, first);
    if (queue_.find(id) != nullptr) continue;
    auto& message = queue_.add(id);
    message.sender = line->substr(second + 1);
    message.recipients =
        parse_number<std::uint32_t>(line->substr(first + 1, second - first - 1)).value_or(0);
  }
}

}  // namespace mailtrust::maillog
