#include "list/lines.hpp"

#include <algorithm>
#include <cstring>

#include "base/limits.hpp"

namespace mailtrust::list {
namespace {

constexpr std::size_t kBuffer = 1U << 20;
constexpr std::size_t kStart = 80;  // of a line that is too long, to name it by
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
static_assert(kBuffer > 2 * limits::kListLine);

}  // namespace

Expected<Lines> Lines::open(const std::string& path) {
  auto stream = OctetStream::open(path);
  if (!stream) return fail(stream.error());
  return Lines(std::move(*stream));
}

Lines::Lines(OctetStream stream) : stream_(std::move(stream)), buffer_(kBuffer) {}

std::optional<std::string_view> Lines::next() {
  too_long_ = false;
  std::size_t seen = 0;  // octets known to hold no line feed
  while (true) {
    const char* begin = buffer_.data() + begin_;
    const void* feed = std::memchr(begin + seen, '\n', end_ - begin_ - seen);
    seen = end_ - begin_;
    auto size =
        feed != nullptr ? static_cast<std::size_t>(static_cast<const char*>(feed) - begin) : seen;
    if (size > limits::kListLine) return skip_rest();
    if (feed == nullptr && fill()) continue;
    if (feed == nullptr && seen == 0) return std::nullopt;
    std::string_view line(buffer_.data() + begin_, size);
    begin_ += size + (feed != nullptr ? 1 : 0);
    if (++number_ == 1 && line.starts_with(kByteOrderMark))
      line.remove_prefix(kByteOrderMark.size());
    return line;
  }
}

// Reads on behind what is left, which moves to the front.
bool Lines::fill() {
  if (ended_) return false;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  auto got = stream_.read(std::span(buffer_).subspan(end_));
  if (!got) failure_ = got.error();
  ended_ = !got || *got == 0;
  if (!ended_) end_ += *got;
  return !ended_;
}

// Passes over a line that is too long, keeping its start.
std::string_view Lines::skip_rest() {
  too_long_ = true;
  ++number_;
  start_.assign(buffer_.data() + begin_, kStart);
  std::size_t size = 0;
  while (true) {
    auto rest = std::string_view(buffer_.data() + begin_, end_ - begin_);
    auto piece = std::min(rest.find('\n'), rest.size());
    size += piece;
    if (size > limits::kUnendedLine) break;
    begin_ += piece;
    if (piece < rest.size()) {
      ++begin_;
      return start_;
    }
    if (!fill()) return start_;
  }
  begin_ = end_;
  ended_ = true;
  failure_ = {Error::Kind::input, path() + ':' + std::to_string(number_),
              "no end of the line in 64 MiB; nothing behind it is read"};
  return start_;
}

}  // namespace mailtrust::list
