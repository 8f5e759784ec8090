#include "dns/zone_file.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"

namespace mailtrust::dns {
namespace {

constexpr std::size_t kWindow = 1U << 20;
// A record within its limit, and what may stand behind its last field.
constexpr std::size_t kLine = limits::kZoneRecord + (limits::kZoneRecord >> 1U);
constexpr std::size_t kAhead = 2 * kLine;  // of the window, where an entry begins

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

constexpr bool ends_word(char c) {
  return is_blank(c) || c == ';' || c == '(' || c == ')' || c == '"';
}

}  // namespace

void ZoneErrors::add(Place place, std::string message) {
  if (errors_.size() == limits::kMessagesPerInput) {
    ++left_out_;
    return;
  }
  auto where = filename_ + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
  errors_.push_back({Error::Kind::input, std::move(where), std::move(message)});
}

void ZoneErrors::add(const Token& token, const std::string& message) {
  add(token.place, quote(token.text) + ": " + message);
}

void ZoneErrors::add(Error error) {
  errors_.push_back(std::move(error));
}

bool ZoneErrors::expect_fields(std::span<const Token> tokens, std::size_t least, std::size_t most,
                               const std::string& expected) {
  if (tokens.size() < least) add(tokens[0], "a field is missing; expected " + expected);
  if (tokens.size() > most) add(tokens[most], "one field too many; expected " + expected);
  return tokens.size() >= least && tokens.size() <= most;
}

std::vector<Error> ZoneErrors::take() {
  if (left_out_ > 0)
    errors_.push_back({Error::Kind::input, filename_,
                       "and " + std::to_string(left_out_) + " more errors, not shown"});
  return std::exchange(errors_, {});
}

ZoneSplitter::ZoneSplitter(std::string_view text, ZoneErrors& errors)
    : text_(text), errors_(errors) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text_.starts_with(kByteOrderMark)) text_at_ = kByteOrderMark.size();
}

ZoneSplitter::ZoneSplitter(Source source, ZoneErrors& errors) : ZoneSplitter("", errors) {
  source_ = std::move(source);
  ended_ = false;
  refill();
  text_at_ = ZoneSplitter(text_, errors).text_at_;
}

// The window moves on to where the text is read.
void ZoneSplitter::refill() {
  window_.erase(0, std::min(text_at_, window_.size()));
  text_at_ = 0;
  while (!ended_ && window_.size() < kWindow) {
    auto size = window_.size();
    window_.resize(kWindow);
    auto read = source_(std::span(window_).subspan(size));
    if (!read) errors_.add(read.error());
    window_.resize(size + read.value_or(0));
    ended_ = window_.size() == size;
  }
  text_ = window_;
}

bool ZoneSplitter::has_more() {
  if (!ended_ && text_.size() - std::min(text_at_, text_.size()) < kAhead) refill();
  return text_at_ < text_.size();
}

// Where the line at hand ends in the text; npos when that is further than the window shows, and so
// further than a record may go.
std::size_t ZoneSplitter::line_end(Entry& entry) {
  auto end = text_.find('\n', text_at_);
  if (end == std::string_view::npos && !ended_ && broken_) {
    entry.tokens.clear();  // they are views into the window
    refill();
    end = text_.find('\n', text_at_);
  }
  return end == std::string_view::npos && ended_ ? text_.size() : end;
}

// A line that no record can have. A comment of its own may be as long as it likes.
void ZoneSplitter::skip_line(Entry& entry, std::size_t end) {
  auto first = std::ranges::find_if_not(line_, is_blank);
  if (depth_ > 0 || first == line_.end() || *first != ';') too_long({line_number_, 1});
  entry.tokens.clear();
  for (; end == std::string_view::npos; end = text_.find('\n', text_at_)) {
    if (ended_) end = text_.size();
    if (ended_) break;
    text_at_ = text_.size();
    refill();
  }
  text_at_ = end + 1;
}

void ZoneSplitter::too_long(Place place) {
  if (!broken_)
    bad(place,
        "a record longer than the limit of " + std::to_string(limits::kZoneRecord) + " octets");
}

bool ZoneSplitter::next(Entry& entry) {
  while (has_more()) {
    entry.kind = Entry::Kind::record;
    entry.tokens.clear();
    entry_at_ = text_at_;
    broken_ = false;
    do take_line(entry);
    while (depth_ > 0 && (!ended_ || text_at_ < text_.size()));
    if (depth_ > 0) {
      errors_.add(opened_, "this parenthesis is never closed");
      return false;
    }
    if (!broken_ && !entry.tokens.empty()) return true;
  }
  return false;
}

void ZoneSplitter::take_line(Entry& entry) {
  auto end = line_end(entry);
  line_ = text_.substr(text_at_, end - text_at_);
  at_ = 0;
  ++line_number_;
  if (line_.size() >= kLine || end == std::string_view::npos) return skip_line(entry, end);
  while (at_ < line_.size()) {
    char c = line_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (c == ';') {
      if (!starts_fault(entry)) break;
    } else if (c == '(' || c == ')') {
      parenthesis(c);
    } else if (c == '"') {
      take_quoted(entry);
    } else {
      take_word(entry);
    }
  }
  text_at_ = end + 1;
  if (depth_ > 0 && text_at_ - entry_at_ > kLine) too_long(entry.place);
}

void ZoneSplitter::take_word(Entry& entry) {
  auto place = here();
  auto start = at_;
  while (at_ < line_.size() && !ends_word(line_[at_])) at_ += line_[at_] == '\\' ? 2 : 1;
  at_ = std::min(at_, line_.size());
  add_token(entry, {line_.substr(start, at_ - start), place, false});
}

void ZoneSplitter::take_quoted(Entry& entry) {
  auto place = here();
  auto start = ++at_;
  while (at_ < line_.size() && line_[at_] != '"') at_ += line_[at_] == '\\' ? 2 : 1;
  if (at_ >= line_.size()) {
    at_ = line_.size();
    bad(place, "this quote is not closed on its line");
    return;
  }
  ++at_;
  add_token(entry, {line_.substr(start, at_ - start - 1), place, true});
}

void ZoneSplitter::add_token(Entry& entry, Token token) {
  auto nul = token.text.find('\0');
  if (nul != std::string_view::npos) {
    token.place.column += nul + (token.quoted ? 1 : 0);
    bad(token.place, "a NUL octet; expected text (\\000 stands for it)");
    return;
  }
  if (broken_) return;
  if (entry.tokens.empty()) {
    entry.place = token.place;
    entry.owner_omitted = is_blank(text_[entry_at_]);
    if (!token.quoted && token.text.front() == '$' && entry.kind == Entry::Kind::record)
      entry.kind = Entry::Kind::control;
  }
  if (text_at_ + at_ - entry_at_ > limits::kZoneRecord) return too_long(entry.place);
  entry.tokens.push_back(token);
}

void ZoneSplitter::parenthesis(char c) {
  auto place = here();
  ++at_;
  if (c == '(') {
    if (depth_ == 0) opened_ = place;
    ++depth_;
  } else if (depth_ > 0) {
    --depth_;
  } else {
    bad(place, "this parenthesis was never opened");
  }
}

// `; !word` on a line of its own: steps over the mark, so that the fields after it are tokens.
bool ZoneSplitter::starts_fault(Entry& entry) {
  auto blank = [](std::string_view text) { return std::ranges::all_of(text, is_blank); };
  if (!blank(line_.substr(0, at_))) return false;
  auto mark = at_ + 1;
  while (mark < line_.size() && is_blank(line_[mark])) ++mark;
  if (mark >= line_.size() || line_[mark] != '!') return false;
  auto word = line_.substr(mark + 1);
  word = word.substr(0, word.find_first_of(" \t\r"));
  if (word.empty() || !std::ranges::all_of(word, ascii::is_alpha)) return false;
  if (depth_ > 0) {
    bad({line_number_, mark + 1}, "a directive inside parentheses; expected a line of its own");
    return false;
  }
  entry.kind = Entry::Kind::fault;
  at_ = mark + 1;
  return true;
}

void ZoneSplitter::bad(Place place, std::string message) {
  errors_.add(place, std::move(message));
  broken_ = true;
}

}  // namespace mailtrust::dns
