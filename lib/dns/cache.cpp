#include "dns/cache.hpp"

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

#include "base/ascii.hpp"

namespace mailtrust::dns {
namespace {

// What an entry takes beside its name and its answer: map node, flight, places in queues.
constexpr std::size_t kEntryOctets = 400;

// The lower-cased wire form of the name, and the type: no name is a prefix of another.
class Key {
 public:
  explicit Key(const Question& question) {
    auto wire = question.name.wire();
    std::ranges::transform(wire, octets_.begin(), ascii::lower);
    auto type = static_cast<unsigned>(question.type);
    octets_[wire.size()] = static_cast<char>(type >> 8);
    octets_[wire.size() + 1] = static_cast<char>(type & 0xff);
    size_ = wire.size() + 2;
  }

  [[nodiscard]] std::string_view view() const { return {octets_.data(), size_}; }

 private:
  std::array<char, kMaxName + 2> octets_;
  std::size_t size_;
};

std::size_t octets_of(const std::vector<Record>& records) {
  std::size_t octets = 0;
  for (const auto& record : records)
    octets += sizeof record + record.owner.wire().size() + record.data.size();
  return octets;
}

// The cache asks in lower case.
AnswerPtr as_asked(AnswerPtr answer, const Question& question) {
  return answer->aliases.empty() ? respell(std::move(answer), question.name) : answer;
}

}  // namespace

Cache::Cache(Source& source, Limits limits) : source_(source), limits_(limits) {
  for (auto& table : tables_) table.entries = Entries(0, hash_);
}

AnswerPtr Cache::query(const Question& question) {
  return as_asked(fly(question)->wait(), question);
}

AnswerPtr Cache::query_until(const Question& question, Deadline deadline) {
  auto answer = fly(question)->wait_until(deadline);
  return answer ? as_asked(std::move(answer), question)
                : could_not_tell(question, Failure::timeout);
}

FlightPtr Cache::fly(const Question& question) {
  auto ticket = join(question);
  if (ticket.is_new) launch({&ticket.flight, 1});
  return std::move(ticket.flight);
}

void Cache::prefetch(std::span<const Question> questions) {
  std::vector<FlightPtr> flights;
  flights.reserve(questions.size());
  try {
    for (const auto& question : questions) {
      if (source_.backlog() + flights.size() >= limits_.ahead) break;
      auto ticket = join(question);
      if (ticket.is_new) flights.push_back(std::move(ticket.flight));
    }
  } catch (const std::bad_alloc&) {
    // The rest is asked in its turn; those that have been joined must be launched.
  }
  if (!flights.empty()) launch(flights);
}

// Others may be waiting for these flights already, so they must land.
void Cache::launch(std::span<const FlightPtr> flights) {
  try {
    source_.submit(flights);
  } catch (...) {
    for (const auto& flight : flights)
      if (!flight->has_landed()) flight->land(Failure::unreachable);
    throw;
  }
}

Cache::Ticket Cache::join(const Question& question) {
  Key key(question);
  auto& table = tables_[hash_(key.view()) >> 60];
  std::lock_guard lock(table.mutex);
  auto found = table.entries.find(key.view());
  if (found != table.entries.end() && found->second.flight) {
    auto& entry = found->second;
    entry.used = true;
    if (!entry.flight->has_landed()) return {entry.flight, false};
    settle(table, entry);
    if (Clock::now() < entry.expires) return {entry.flight, false};
  }
  auto flight = std::make_shared<Flight>(Question{question.name.lowered(), question.type});
  settle_some(table);
  evict(table);
  auto& entry = insert(table, key.view());
  table.octets -= std::exchange(entry.octets, 0);
  // Until here there may have been no memory for it: an entry without a flight is as good as none.
  table.unsettled.push_back(flight);
  entry.flight = flight;
  return {std::move(flight), true};
}

Cache::Entry& Cache::insert(Table& table, std::string_view key) {
  auto [place, is_new] = table.entries.try_emplace(std::string(key));
  if (is_new) {
    table.order.push_back(&*place);
    table.octets += kEntryOctets + key.size();
  }
  return place->second;
}

// Once its flight has landed: what the entry weighs and how long it lives.
void Cache::settle(Table& table, Entry& entry) const {
  if (entry.octets != 0) return;
  auto answer = entry.flight->wait();
  entry.expires = entry.flight->landed_at() + time_to_keep(*answer);
  entry.octets = sizeof *answer + octets_of(answer->records) + octets_of(answer->aliases);
  table.octets += entry.octets;
}

Cache::Clock::duration Cache::time_to_keep(const Answer& answer) const {
  if (answer.status == Status::failed) return limits_.failure;
  return std::clamp(std::chrono::seconds(answer.ttl), limits_.least, limits_.most);
}

// Four at each insertion keeps up with what is inserted, and with what nobody asks for again.
void Cache::settle_some(Table& table) const {
  for (int i = 0; i < 4 && !table.unsettled.empty(); ++i) {
    auto flight = std::move(table.unsettled.front());
    table.unsettled.pop_front();
    if (!flight->has_landed()) {
      table.unsettled.push_back(std::move(flight));
      continue;
    }
    auto entry = table.entries.find(Key(flight->question()).view());
    if (entry != table.entries.end() && entry->second.flight == flight)
      settle(table, entry->second);
  }
}

// Second chance: what was used since its last turn, or is in the air, goes to the back.
void Cache::evict(Table& table) const {
  const auto limit = limits_.octets / tables_.size();
  for (auto turns = 2 * table.order.size(); turns > 0 && table.octets > limit; --turns) {
    auto* node = table.order.front();
    table.order.pop_front();
    auto& [key, entry] = *node;
    if (std::exchange(entry.used, false) || entry.octets == 0) {
      table.order.push_back(node);
      continue;
    }
    table.octets -= entry.octets + kEntryOctets + key.size();
    table.entries.erase(table.entries.find(key));
  }
}

}  // namespace mailtrust::dns
