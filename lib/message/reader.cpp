#include "message/reader.hpp"

#include <algorithm>
#include <utility>

#include "base/number.hpp"
#include "base/of_thread.hpp"

namespace mailtrust::message {
namespace {

constexpr std::size_t kPiece = 64U << 10;  // read at once: what is read stays in a core's cache

/// "64 MiB", "256 KiB" or "1,000 octets".
std::string size_words(std::size_t octets) {
  constexpr std::size_t kKiB = 1U << 10;
  constexpr std::size_t kMiB = 1U << 20;
  if (octets >= kMiB && octets % kMiB == 0) return grouped(octets / kMiB) + " MiB";
  if (octets >= kKiB && octets % kKiB == 0) return grouped(octets / kKiB) + " KiB";
  return grouped(octets) + (octets == 1 ? " octet" : " octets");
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// A buffer passes from one message of a thread to the next: fresh memory costs more than a message.
std::vector<char>& spare_buffer() {
  return of_thread<Reader, std::vector<char>>();
}

}  // namespace

Reader::Reader(Octets& octets, std::string name, std::size_t most)
    : octets_(octets),
      name_(std::move(name)),
      most_(most),
      buffer_(std::exchange(spare_buffer(), {})) {}

Reader::~Reader() {
  if (buffer_.size() <= kPiece) spare_buffer() = std::move(buffer_);
}

Expected<Header> Reader::header() {
  Seen seen;
  while (!seen.ended) {
    auto got = fill();
    if (!got) return fail(got.error());
    if (*got == 0) break;
    if (auto taken = take_lines(seen); !taken) return fail(taken.error());
  }
  // Without an empty line all of it is header, also a last line without an end.
  auto end = seen.ended ? seen.line_at : filled_;
  if (!seen.ended) body_at_ = filled_;
  return Header::parse(held().substr(0, end));
}

// Up to the first empty line: CRLF or a bare LF, where a line begins.
Expected<void> Reader::take_lines(Seen& seen) {
  while (true) {
    auto end = held().find('\n', seen.looked);
    bool whole = end != std::string_view::npos;
    auto next = whole ? end + 1 : filled_;
    auto line = held().substr(seen.line_at, next - seen.line_at);
    if (line == "\n" || line == "\r\n") {
      seen.ended = true;
      body_at_ = next;
      return {};
    }
    if (line.empty() || line == "\r") return {};
    if (seen.looked == seen.line_at && !is_blank(line.front())) {
      seen.field_at = seen.line_at;
      ++seen.fields;
    }
    if (auto small = check_limits(seen, next); !small) return small;
    seen.looked = next;
    if (!whole) return {};
    seen.line_at = next;
    ++seen.lines;
  }
}

Expected<void> Reader::check_limits(const Seen& seen, std::size_t field_end) const {
  auto too = [&](const std::string& what) -> Expected<void> {
    auto where = name_ + ':' + std::to_string(seen.lines + 1);
    return fail(Error::Kind::input, where, what);
  };
  if (seen.fields > limits::kHeaderFields)
    return too("more than " + grouped(limits::kHeaderFields) + " header fields");
  if (field_end - seen.field_at > limits::kHeaderField)
    return too("a header field is larger than " + size_words(limits::kHeaderField));
  if (field_end > limits::kHeader)
    return too("the header is larger than " + size_words(limits::kHeader));
  return {};
}

Expected<std::string_view> Reader::body() {
  if (body_at_ == filled_) {
    filled_ = 0;
    body_at_ = 0;
    auto got = fill();
    if (!got) return fail(got.error());
  }
  auto piece = held().substr(body_at_);
  body_at_ = filled_;
  return piece;
}

Expected<void> Reader::skip_body() {
  while (true) {
    auto left = octets_.left();
    if (left && *left > most_ - total_) return too_large();
    if (left) return {};
    auto piece = body();
    if (!piece) return fail(piece.error());
    if (piece->empty()) return {};
  }
}

// At least kPiece to fill, the buffer never growing by less than itself.
void Reader::make_room() {
  if (buffer_.size() - filled_ >= kPiece) return;
  buffer_.resize(std::max(kPiece, buffer_.size() * 2));
}

Expected<std::size_t> Reader::fill() {
  make_room();
  auto got = octets_.read(std::span(buffer_).subspan(filled_));
  if (!got) return got;
  filled_ += *got;
  total_ += *got;
  if (total_ > most_) return too_large();
  return got;
}

Unexpected Reader::too_large() const {
  return fail(Error::Kind::input, name_, "the message is larger than " + size_words(most_));
}

}  // namespace mailtrust::message
