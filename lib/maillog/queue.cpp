#include "maillog/queue.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kFirstSlots = 1024;  // a power of two, as all that follow
constexpr std::size_t kLongestId = 64;
constexpr std::size_t kPendingOfOne = 500;  // each is looked at when one of them is tried again

}  // namespace

Queue::Queue() : slots_(kFirstSlots), messages_(1) {}

std::size_t Queue::slot_of(std::string_view id, std::uint64_t hash) const {
  auto slot = hash & (slots_.size() - 1);
  while (slots_[slot] != 0) {
    const auto& message = messages_[slots_[slot]];
    if (message.hash_ == hash && message.id == id) break;
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

Message* Queue::find(std::string_view id) {
  id = id.substr(0, kLongestId);
  auto index = slots_[slot_of(id, hash_(id))];
  return index == 0 ? nullptr : &messages_[index];
}

Message& Queue::add(std::string_view id) {
  id = id.substr(0, kLongestId);
  auto held = messages_.size() - 1 - unused_.size();
  if (held >= limits::kLogMessages) {
    ++forgotten_;
    remove(std::string(messages_[messages_[0].newer_].id));
  }
  if (2 * (held + 1) > slots_.size()) grow();
  if (unused_.empty()) {
    unused_.push_back(static_cast<std::uint32_t>(messages_.size()));
    messages_.emplace_back();
  }
  auto index = unused_.back();
  unused_.pop_back();
  auto& message = messages_[index];
  message.id = id;
  message.sender.clear();
  message.recipients = 0;
  message.hash_ = hash_(id);
  slots_[slot_of(id, message.hash_)] = index;
  message.older_ = messages_[0].older_;
  message.newer_ = 0;
  messages_[message.older_].newer_ = index;
  messages_[0].older_ = index;
  return message;
}

void Queue::remove(std::string_view id) {
  id = id.substr(0, kLongestId);
  auto slot = slot_of(id, hash_(id));
  if (slots_[slot] == 0) return;
  auto index = slots_[slot];
  auto& message = messages_[index];
  forget_pending(message);
  messages_[message.older_].newer_ = message.newer_;
  messages_[message.newer_].older_ = message.older_;
  unused_.push_back(index);
  release(slot);
}

// Linear probing without tombstones: whoever is behind the hole and may stand in it moves there.
void Queue::release(std::size_t hole) {
  auto mask = slots_.size() - 1;
  for (auto slot = (hole + 1) & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    auto home = messages_[slots_[slot]].hash_ & mask;
    if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
    slots_[hole] = slots_[slot];
    hole = slot;
  }
  slots_[hole] = 0;
}

void Queue::grow() {
  std::vector<std::uint32_t> old(slots_.size() * 2);
  old.swap(slots_);
  for (auto index : old)
    if (index != 0) slots_[slot_of(messages_[index].id, messages_[index].hash_)] = index;
}

void Queue::put_off(Message& message, const Pending& pending) {
  if (!message.pending) message.pending = std::make_unique<std::vector<Pending>>();
  auto same = [&](const Pending& one) { return one.recipient == pending.recipient; };
  auto found = std::ranges::find_if(*message.pending, same);
  if (found != message.pending->end()) {
    *found = pending;
  } else if (pending_ < limits::kLogPending && message.pending->size() < kPendingOfOne) {
    message.pending->push_back(pending);
    ++pending_;
  }
}

void Queue::settle(Message& message, std::string_view recipient) {
  if (!message.pending) return;
  auto same = [&](const Pending& one) { return one.recipient == recipient; };
  auto gone = std::erase_if(*message.pending, same);
  pending_ -= gone;
  if (message.pending->empty()) message.pending.reset();
}

void Queue::forget_pending(Message& message) {
  if (message.pending) pending_ -= message.pending->size();
  message.pending.reset();
}

}  // namespace mailtrust::maillog
