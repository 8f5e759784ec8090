#include "maillog/place.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/octet_stream.hpp"
#include "maillog/powermta.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kFirstLine = 1024;  // octets of it that count
constexpr std::size_t kBefore = 256;      // octets before an offset that are compared
constexpr std::size_t kHexDigits = 32;
constexpr std::size_t kPiece = 1U << 20;

std::string mark_of(std::string_view octets) {
  return to_hex(hash(Digest::sha256, octets)).substr(0, kHexDigits);
}

/// Octets that pass by: how many, the last of them, and what stood before the last line end.
class Passage {
 public:
  void pass(std::string_view octets) {
    offset_ += octets.size();
    auto end = octets.rfind('\n');
    if (end != std::string_view::npos) {
      append(octets.substr(0, end + 1));
      line_end_ = offset_ - (octets.size() - end - 1);
      before_ = last_;
      octets.remove_prefix(end + 1);
    }
    append(octets);
  }

  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  [[nodiscard]] std::uint64_t line_end() const { return line_end_; }

  [[nodiscard]] const std::string& before() const { return before_; }

 private:
  void append(std::string_view octets) {
    if (octets.size() > kBefore) octets.remove_prefix(octets.size() - kBefore);
    last_.append(octets);
    if (last_.size() > kBefore) last_.erase(0, last_.size() - kBefore);
  }

  std::uint64_t offset_ = 0;
  std::uint64_t line_end_ = 0;
  std::string last_;
  std::string before_;
};

}  // namespace

class Log::Impl {
 public:
  explicit Impl(OctetStream stream) : stream_(std::move(stream)) {}

  /// Reads until the first line is known, or kFirstLine octets of it.
  std::optional<Error> read_first_line() {
    std::string piece(kFirstLine, '\0');
    while (ahead_.size() < kFirstLine && ahead_.find('\n') == std::string::npos) {
      auto count = stream_.read(piece);
      if (!count) return count.error();
      if (*count == 0) break;
      ahead_.append(piece, 0, *count);
    }
    start_ = ahead_;
    auto end = ahead_.find('\n');
    if (end != std::string::npos || ahead_.size() >= kFirstLine)
      name_ = mark_of(std::string_view(ahead_).substr(0, std::min(end, kFirstLine)));
    return std::nullopt;
  }

  /// The row that names the columns is needed in every run, and does not count as read again.
  void repeat_header() {
    auto line = std::string_view(start_).substr(0, start_.find('\n') + 1);
    if (PowerMta::is_header(line)) again_ = line;
  }

  Expected<std::size_t> read(std::span<char> room) {
    if (!again_.empty()) return take(again_, room);
    if (ahead_.empty()) {
      auto count = stream_.read(room);
      if (count) passage_.pass({room.data(), *count});
      return count;
    }
    auto count = take(ahead_, room);
    passage_.pass({room.data(), count});
    return count;
  }

  /// Passes over octets up to `offset`; false where there are not as many. Errors count as the end:
  /// whoever reads on meets them again.
  bool skip_to(std::uint64_t offset) {
    std::vector<char> room(kPiece);
    while (passage_.offset() < offset) {
      auto wanted = std::min<std::uint64_t>(offset - passage_.offset(), room.size());
      auto count = read(std::span(room).first(wanted));
      if (!count || *count == 0) return false;
    }
    skipped_ = offset;
    return true;
  }

  [[nodiscard]] bool is_at(const Place& place) const {
    return passage_.line_end() == place.offset && mark_of(passage_.before()) == place.before;
  }

  [[nodiscard]] Place place() const {
    if (name_.empty()) return {};
    return {name_, passage_.line_end(), mark_of(passage_.before())};
  }

  [[nodiscard]] const std::string& name() const { return name_; }

  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }

 private:
  static std::size_t take(std::string& octets, std::span<char> room) {
    auto count = std::min(room.size(), octets.size());
    std::copy_n(octets.data(), count, room.data());
    octets.erase(0, count);
    return count;
  }

  OctetStream stream_;
  std::string ahead_;  // read, but not handed on
  std::string start_;
  std::string again_;
  std::string name_;
  Passage passage_;
  std::uint64_t skipped_ = 0;
};

namespace {

/// Of one log, the nearest first.
std::vector<Place> places_of(const std::string& log, std::span<const Place> known) {
  std::vector<Place> places;
  for (const auto& place : known)
    if (!log.empty() && place.log == log && place.offset > 0) places.push_back(place);
  std::ranges::sort(places, {}, &Place::offset);
  return places;
}

}  // namespace

Expected<Log> Log::open(const std::string& path, std::span<const Place> known) {
  auto make = [&]() -> Expected<std::unique_ptr<Impl>> {
    auto stream = OctetStream::open(path);
    if (!stream) return fail(stream.error());
    auto impl = std::make_unique<Impl>(std::move(*stream));
    if (auto error = impl->read_first_line()) return fail(*error);
    return impl;
  };
  auto found = make();
  if (!found) return fail(found.error());
  auto places = places_of((*found)->name(), known);
  if (places.empty() || path == "-") return Log(std::move(*found));
  const Place* furthest = nullptr;
  for (const auto& place : places)
    if ((*found)->skip_to(place.offset) && (*found)->is_at(place)) furthest = &place;
  bool stands_there = furthest != nullptr && furthest == &places.back();
  if (!stands_there) {
    found = make();
    if (!found) return fail(found.error());
    if (furthest != nullptr) (*found)->skip_to(furthest->offset);
  }
  if (furthest != nullptr) (*found)->repeat_header();
  return Log(std::move(*found));
}

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::~Log() = default;

Expected<std::size_t> Log::read(std::span<char> room) {
  return impl_->read(room);
}

std::uint64_t Log::skipped() const {
  return impl_->skipped();
}

Place Log::place() const {
  return impl_->place();
}

}  // namespace mailtrust::maillog
