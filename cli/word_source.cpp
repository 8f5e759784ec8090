#include "cli/word_source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.hpp"
#include "base/descriptor.hpp"
#include "base/limits.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::size_t kChunk = 64U << 10;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Tabs stay: in a line of columns they say that the first or the last is empty.
std::string_view without_blanks(std::string_view line) {
  constexpr std::string_view kBlanks = " \r";
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  return line.substr(0, line.find_last_not_of(kBlanks) + 1);
}

}  // namespace

WordSource::WordSource(std::vector<std::string> words, std::string file, Expand expand)
    : words_(std::move(words)), file_(std::move(file)), expand_(std::move(expand)) {}

WordSource::~WordSource() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

Expected<void> WordSource::open() {
  if (file_.empty()) return {};
  descriptor_ = file_ == "-" ? STDIN_FILENO : ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0)
    return fail(Error::Kind::input, file_, std::string("cannot be read: ") + std::strerror(errno));

  struct stat status {};

  if (::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode))
    size_ = static_cast<std::size_t>(status.st_size);
  return {};
}

std::optional<Item> WordSource::next() {
  if (series_) return next_of_series();
  auto item = next_word();
  if (!item || item->error || !expand_) return item;
  auto expansion = expand_(ascii::trim(item->input.text));
  if (!expansion) {
    item->error = expansion.error();
    return item;
  }
  if (!expansion->at) return item;
  series_ = Series{std::move(*expansion), std::move(item->input)};
  return next_of_series();
}

std::optional<Item> WordSource::next_of_series() {
  auto& [expansion, word, next] = *series_;
  Item item{{expansion.at(next), word.where, word.text}, {}};
  if (++next == expansion.count) series_.reset();
  return item;
}

std::optional<Item> WordSource::next_word() {
  auto taken = words_taken_.load();
  if (taken < words_.size()) {
    words_taken_ = taken + 1;
    return Item{{words_[taken], {}}, {}};
  }
  if (descriptor_ < 0 || ended_) return std::nullopt;
  return next_line();
}

std::optional<double> WordSource::fraction() const {
  if (descriptor_ >= 0 && size_ == 0) return std::nullopt;
  auto total = static_cast<double>(words_.size() + size_);
  return static_cast<double>(words_taken_ + octets_read_) / std::max(total, 1.0);
}

std::optional<Item> WordSource::next_line() {
  while (auto line = read_line()) {
    auto where = file_ + ':' + std::to_string(line_);
    if (line->too_long) {
      Error error{Error::Kind::input, where,
                  "line is longer than " + std::to_string(limits::kInputLine >> 10U) + " KiB"};
      return Item{{std::move(line->text), std::move(where)}, std::move(error)};
    }
    std::string_view text = line->text;
    if (line_ == 1 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    if (auto word = ascii::trim(text); word.empty() || word.front() == '#') continue;
    return Item{{std::string(without_blanks(text)), std::move(where)}, {}};
  }
  ended_ = true;
  if (failure_.empty()) return std::nullopt;
  Error error{Error::Kind::input, file_, "cannot be read: " + failure_};
  return Item{{{}, file_}, std::move(error)};
}

// Of a line that is too long the start is kept, to name it by.
std::optional<WordSource::Line> WordSource::read_line() {
  Line line;
  bool any = false;
  std::size_t size = 0;
  while (at_ < buffer_.size() || fill()) {
    any = true;
    auto end = std::min(buffer_.find('\n', at_), buffer_.size());
    auto piece = std::string_view(buffer_).substr(at_, end - at_);
    if (line.text.size() + piece.size() <= limits::kInputLine) {
      line.text += piece;
    } else if (!line.too_long) {
      line.text.resize(std::min<std::size_t>(line.text.size(), 80));
      line.too_long = true;
    }
    size += piece.size();
    if (size > limits::kUnendedLine) failure_ = "no end of the line in 64 MiB";
    bool whole = end < buffer_.size();
    at_ = end + (whole ? 1 : 0);
    if (whole) break;
  }
  if (!any) return std::nullopt;
  ++line_;
  return line;
}

bool WordSource::fill() {
  if (!failure_.empty()) return false;
  buffer_.resize(kChunk);
  auto count = read_some(descriptor_, buffer_);
  if (count < 0) failure_ = std::strerror(errno);
  buffer_.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  at_ = 0;
  octets_read_ += buffer_.size();
  return count > 0;
}

}  // namespace mailtrust::cli
