#include "list/import_sort.hpp"

#include <algorithm>
#include <utility>

#include "list/import_part.hpp"
#include "list/varint.hpp"

namespace mailtrust::list {
namespace {

// Lines of a key without a comment are small, and each has its Place: that many of them at most.
constexpr std::size_t kOctetsOfLine = 32;
constexpr std::size_t kLongestNumber = 10;

void append_record(std::string& out, const Imported& line) {
  append_varint(out, line.key.size());
  out += line.key;
  append_varint(out, line.file);
  append_varint(out, line.line);
  append_varint(out, line.comment.size());
  out += line.comment;
}

Imported take_record(VarintReader& reader) {
  Imported line;
  line.key = reader.take(reader.number());
  line.file = reader.number();
  line.line = reader.number();
  line.comment = reader.take(reader.number());
  return line;
}

std::uint64_t start_of(std::string_view key) {
  std::uint64_t start = 0;
  for (std::size_t i = 0; i < 8; ++i)
    start = start << 8 | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0U);
  return start;
}

// A record of a part stands behind its size, so that it can be read at once.
std::string sized(std::string_view record) {
  std::string out;
  append_varint(out, record.size());
  return out += record;
}

}  // namespace

struct ImportSorter::Run {
  explicit Run(ImportPart made) : part(std::move(made)) {}

  Expected<void> advance() {
    part.skip(std::exchange(size, 0));
    auto seen = part.peek(kLongestNumber);
    if (!seen) return fail(seen.error());
    ended = seen->empty();
    if (ended) return {};
    VarintReader head(*seen);
    auto wanted = head.number();
    auto head_size = seen->size() - head.rest().size();
    seen = part.peek(head_size + wanted);
    if (!seen) return fail(seen.error());
    size = head_size + wanted;
    VarintReader reader(seen->substr(head_size, wanted));
    line = take_record(reader);
    return {};
  }

  ImportPart part;
  Imported line;
  std::size_t size = 0;
  bool ended = false;
};

ImportSorter::ImportSorter(std::string folder, std::size_t room)
    : folder_(std::move(folder)), room_(room) {}

ImportSorter::ImportSorter(ImportSorter&&) noexcept = default;
ImportSorter::~ImportSorter() = default;

Expected<void> ImportSorter::add(const Imported& line) {
  if (arena_.capacity() == 0) {
    // Untouched memory costs nothing, and growing would copy.
    arena_.reserve(room_);
    places_.reserve(room_ / kOctetsOfLine);
  }
  auto size = line.key.size() + line.comment.size() + 4 * kLongestNumber;
  bool full = arena_.size() + size > room_ || places_.size() == places_.capacity();
  if (full && !places_.empty())
    if (auto done = spill(); !done) return done;
  places_.push_back({start_of(line.key), static_cast<std::uint32_t>(arena_.size())});
  append_record(arena_, line);
  return {};
}

std::string_view ImportSorter::record_at(std::uint32_t offset) const {
  return std::string_view(arena_).substr(offset);
}

void ImportSorter::sort() {
  auto key_at = [this](std::uint32_t offset) {
    VarintReader reader(record_at(offset));
    return reader.take(reader.number());
  };
  auto before = [&](const Place& a, const Place& b) {
    if (a.start != b.start) return a.start < b.start;
    auto order = key_at(a.offset).compare(key_at(b.offset));
    return order != 0 ? order < 0 : a.offset < b.offset;
  };
  if (!std::is_sorted(places_.begin(), places_.end(), before))
    std::sort(places_.begin(), places_.end(), before);
}

Expected<void> ImportSorter::spill() {
  sort();
  auto part = ImportPart::make(folder_);
  if (!part) return fail(part.error());
  for (const auto& place : places_) {
    VarintReader reader(record_at(place.offset));
    auto all = record_at(place.offset);
    take_record(reader);
    auto record = all.substr(0, all.size() - reader.rest().size());
    if (auto done = part->append(sized(record)); !done) return done;
  }
  arena_.clear();
  places_.clear();
  runs_.push_back(std::make_unique<Run>(std::move(*part)));
  return {};
}

Expected<void> ImportSorter::finish() {
  if (runs_.empty()) {
    sort();
    return {};
  }
  if (auto done = spill(); !done) return done;
  std::string().swap(arena_);
  std::vector<Place>().swap(places_);
  for (auto& run : runs_) {
    if (auto done = run->part.rewind(); !done) return done;
    if (auto done = run->advance(); !done) return done;
  }
  return {};
}

Expected<std::optional<Imported>> ImportSorter::next() {
  if (!runs_.empty()) return next_of_parts();
  if (position_ == places_.size()) return std::optional<Imported>{};
  VarintReader reader(record_at(places_[position_++].offset));
  return take_record(reader);
}

Expected<std::optional<Imported>> ImportSorter::next_of_parts() {
  if (last_ != nullptr)
    if (auto done = last_->advance(); !done) return fail(done.error());
  last_ = nullptr;
  // A part was added before those behind it, so of equal keys the first part's is the first.
  for (auto& run : runs_)
    if (!run->ended && (last_ == nullptr || run->line.key < last_->line.key)) last_ = run.get();
  if (last_ == nullptr) return std::optional<Imported>{};
  return last_->line;
}

}  // namespace mailtrust::list
