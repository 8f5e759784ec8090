#include "delivery/reading.hpp"

#include <utility>

namespace mailtrust::delivery {
namespace {

constexpr std::size_t kPiece = 256U << 10;
constexpr std::size_t kQueueState = 4U << 20;  // octets remembered of messages under way

}  // namespace

LogReading::LogReading(Ledger& ledger, const maillog::Options& options, maillog::Reader::Rest rest)
    : reader_(options, [&ledger](const maillog::Event& event) { ledger.add(event); }),
      rest_(rest) {}

void LogReading::restore(std::span<const maillog::Place> places, std::string_view queue) {
  places_.assign(places.begin(), places.end());
  if (!queue.empty()) reader_.restore(queue);
}

void LogReading::read(std::vector<LogInput>& logs, const ReadingEvents& events) {
  for (auto& log : logs) {
    if (!events.goes_on()) return;
    if (auto done = read_one(log, events); !done) events.complain(done.error());
  }
}

Expected<void> LogReading::read_one(LogInput& input, const ReadingEvents& events) {
  if (!input.open) {
    auto opened = maillog::Log::open(input.name, places_);
    if (!opened) return fail(opened.error());
    input.open.emplace(std::move(*opened));
  }
  auto& log = *input.open;
  reader_.add(input.start);
  std::vector<char> piece(kPiece);
  Expected<std::size_t> got = 0;
  for (got = log.read(piece); got && *got > 0 && events.goes_on(); got = log.read(piece)) {
    reader_.add({piece.data(), *got});
    events.progress(reader_.counts().lines, {});
  }
  reader_.end_of_file(rest_);
  read_.push_back({log.place(), log.skipped()});
  places_.push_back(log.place());
  input.open.reset();
  if (!got) return fail(got.error());
  return {};
}

std::string LogReading::queue() const {
  return reader_.queue_state(kQueueState);
}

}  // namespace mailtrust::delivery
