#include "list/log_reader.hpp"

#include <algorithm>
#include <cstring>

#include "base/ascii.hpp"

namespace mailtrust::list {
namespace {

// Behind the last line feed; 0 when there is none.
std::size_t end_of_lines(std::string_view text) {
  const void* feed = ::memrchr(text.data(), '\n', text.size());
  return feed == nullptr
             ? 0
             : static_cast<std::size_t>(static_cast<const char*>(feed) - text.data()) + 1;
}

// Where a line that is too long may be cut without cutting an address.
std::size_t cut_place(std::string_view text) {
  constexpr std::size_t kLookBack = 256;
  auto at = text.size();
  auto least = text.size() - std::min(text.size(), kLookBack);
  while (at > least && !ascii::is_space(text[at - 1])) --at;
  return at > least ? at : text.size();
}

}  // namespace

bool LogReader::next(LogPiece& piece) {
  piece.size = 0;
  piece.error.reset();
  piece.buffer.resize(kLogPiece);
  while (file_ < paths_.size()) {
    piece.file = file_;
    if (!stream_ && !open(piece)) return true;
    bool any = !ended_ && fill(piece);
    if (!any || piece.error) close();
    if (any || piece.error) return true;
  }
  return false;
}

std::optional<double> LogReader::fraction() const {
  auto within = stream_ ? stream_->fraction() : std::optional<double>(0);
  if (!within) return std::nullopt;
  return (static_cast<double>(file_) + *within) / static_cast<double>(paths_.size());
}

// False: it cannot be, and the piece says so.
bool LogReader::open(LogPiece& piece) {
  auto stream = OctetStream::open(paths_[file_]);
  if (!stream) {
    piece.error = stream.error();
    ++file_;
    return false;
  }
  stream_.emplace(std::move(*stream));
  return true;
}

// What is left, and one read more; more still while there is no line end.
bool LogReader::fill(LogPiece& piece) {
  std::copy(rest_.begin(), rest_.end(), piece.buffer.begin());
  piece.size = rest_.size();
  std::size_t lines_end = 0;
  while (lines_end == 0 && piece.size < kLogPiece) {
    auto got = stream_->read(std::span(piece.buffer).subspan(piece.size));
    if (!got) piece.error = got.error();
    ended_ = !got || *got == 0;
    if (ended_) {
      lines_end = piece.size;
      break;
    }
    auto fresh = std::string_view(piece.buffer.data() + piece.size, *got);
    if (auto end = end_of_lines(fresh); end > 0) lines_end = piece.size + end;
    piece.size += *got;
  }
  if (piece.size == 0) return false;
  if (lines_end == 0) lines_end = cut_place(piece.text());
  rest_.assign(piece.buffer.data() + lines_end, piece.size - lines_end);
  piece.size = lines_end;
  cut(piece);
  return true;
}

void LogReader::cut(LogPiece& piece) {
  piece.within_line = within_line_;
  piece.first_line = line_;
  within_line_ = piece.text().back() != '\n';
  if (counts_lines_)
    line_ += static_cast<std::size_t>(std::count(piece.text().begin(), piece.text().end(), '\n'));
}

void LogReader::close() {
  stream_.reset();
  rest_.clear();
  line_ = 1;
  within_line_ = false;
  ended_ = false;
  ++file_;
}

}  // namespace mailtrust::list
