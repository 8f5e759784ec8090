#include "mailbox/mbox.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "mailbox/separator.hpp"

namespace mailtrust::mailbox {
namespace {

constexpr std::size_t kPiece = 64U << 10;     // read at once
constexpr std::size_t kLongLine = 64U << 10;  // what is longer is handed out in parts
constexpr std::string_view kFrom = "From ";
constexpr std::string_view kContentLength = "Content-Length:";
constexpr auto kNone = std::string_view::npos;

std::string_view without_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

Mbox::Mbox(OctetStream stream, std::string_view start, Quoting quoting)
    : stream_(std::move(stream)),
      quoting_(quoting),
      buffer_(start.begin(), start.end()),
      filled_(start.size()) {}

std::string_view Mbox::window() const {
  return {buffer_.data() + at_, filled_ - at_};
}

// One piece more; false when there is none.
Expected<bool> Mbox::fill() {
  if (ended_) return false;
  if (at_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
    filled_ -= std::exchange(at_, 0);
  }
  if (buffer_.size() - filled_ < kPiece) buffer_.resize(std::max(buffer_.size() * 2, kPiece * 2));
  auto got = stream_.read(std::span(buffer_).subspan(filled_, buffer_.size() - filled_));
  if (!got) return fail(got.error());
  filled_ += *got;
  ended_ = *got == 0;
  return !ended_;
}

Expected<bool> Mbox::hold(std::size_t octets) {
  while (window().size() < octets) {
    auto more = fill();
    if (!more || !*more) return more;
  }
  return true;
}

// The line that begins here with its end, or as much of it as a line may have; empty at the end.
Expected<std::string_view> Mbox::line() {
  std::size_t looked = 0;
  while (true) {
    auto end = window().find('\n', looked);
    if (end != kNone) return window().substr(0, end + 1);
    looked = window().size();
    if (looked >= kLongLine) return window();
    auto more = fill();
    if (!more) return fail(more.error());
    if (!*more) return window();
  }
}

void Mbox::advance(std::size_t octets) {
  if (octets == 0) return;
  at_ += octets;
  at_line_start_ = buffer_[at_ - 1] == '\n';
  behind_empty_line_ = false;
}

void Mbox::end_message() {
  part_ = Part::behind;
}

Expected<bool> Mbox::begin() {
  std::string rest;
  while (part_ == Part::header || part_ == Part::body) {
    rest.clear();
    if (auto passed = more(rest); !passed) return passed;
  }
  bool any = part_ != Part::before;
  behind_empty_line_ = true;
  // Behind a body that Content-Length ended there may be empty lines.
  while (true) {
    auto separator = line();
    if (!separator) return fail(separator.error());
    if (separator->empty()) return false;
    bool starts = at_line_start_;
    bool found = starts && (!any || is_separator(without_end(*separator), behind_empty_line_));
    bool is_empty = without_end(*separator).empty();
    advance(separator->size());
    behind_empty_line_ = starts && is_empty;
    if (found) break;
  }
  while (!at_line_start_) {
    auto rest_of_line = line();
    if (!rest_of_line) return fail(rest_of_line.error());
    if (rest_of_line->empty()) break;
    advance(rest_of_line->size());
  }
  part_ = Part::header;
  content_length_.reset();
  counted_.reset();
  return true;
}

Expected<bool> Mbox::more(std::string& out) {
  switch (part_) {
    case Part::header: return take_header(out);
    case Part::body: return take_body(out);
    case Part::before:
    case Part::behind: break;
  }
  return false;
}

Expected<bool> Mbox::take_header(std::string& out) {
  for (auto before = out.size(); out.size() - before < kPiece;) {
    auto line = this->line();
    if (!line) return fail(line.error());
    bool starts = at_line_start_;
    if (line->empty() || (starts && is_separator(without_end(*line), false))) {
      end_message();
      return out.size() > before;
    }
    auto text = without_end(*line);
    if (starts && !content_length_ && ascii::istarts_with(text, kContentLength))
      content_length_ = parse_number<std::size_t>(ascii::trim(text.substr(kContentLength.size())));
    out += *line;
    bool is_empty = text.empty();
    advance(line->size());
    if (!starts || !is_empty) continue;
    if (auto begun = begin_body(); !begun) return fail(begun.error());
    return true;
  }
  return true;
}

// What says how long the body is decides how it was quoted.
Expected<void> Mbox::begin_body() {
  part_ = Part::body;
  behind_empty_line_ = true;
  bool may_count = quoting_ != Quoting::mboxo && quoting_ != Quoting::mboxrd;
  message_quoting_ = quoting_ == Quoting::automatic ? Quoting::mboxrd : quoting_;
  if (!content_length_ || !may_count) return {};
  if (*content_length_ > kHeld) {
    // Too large to see where it leads: only who says that the mbox counts is believed.
    if (quoting_ != Quoting::automatic) counted_ = content_length_;
    return {};
  }
  if (auto held = hold(*content_length_ + kSeparatorOctets); !held) return fail(held.error());
  if (!leads_to_separator(*content_length_)) return {};
  counted_ = content_length_;
  if (quoting_ != Quoting::automatic) return {};
  auto body = window().substr(0, *content_length_);
  bool bare = body.starts_with(kFrom) || body.find("\nFrom ") != kNone;
  message_quoting_ = bare ? Quoting::mboxcl2 : Quoting::mboxcl;
  return {};
}

bool Mbox::leads_to_separator(std::size_t at) const {
  auto rest = window();
  if (at > rest.size()) return false;
  rest.remove_prefix(at);
  for (std::string_view end : {"\r\n", "\n"}) {
    if (!rest.starts_with(end)) continue;
    rest.remove_prefix(end.size());
    break;
  }
  if (rest.empty()) return ended_;
  return is_separator(without_end(rest.substr(0, rest.find('\n'))), true);
}

// Whole lines of the window, so that what is quoted and what separates can be seen.
Expected<bool> Mbox::take_body(std::string& out) {
  while (true) {
    auto body = window().substr(0, counted_.value_or(kNone));
    bool last = ended_ || body.size() == counted_;
    auto end = last ? body.size() : whole_lines(body);
    if (take_whole_lines(body, end, out)) return true;
    if (last) {
      end_message();
      return !body.empty();
    }
    if (end > 0) return true;
    if (auto more = fill(); !more) return fail(more.error());
  }
}

// As far as the lines are whole, without an empty last one, which may belong to a separator.
std::size_t Mbox::whole_lines(std::string_view body) const {
  auto last = body.rfind('\n');
  if (last == kNone || body.size() - last > kLongLine)
    return body.size() >= kLongLine ? body.size() : 0;
  auto end = last + 1;
  return counted_ ? end : std::min(end, empty_line_before(body, end));
}

// True when a separator ended the message.
bool Mbox::take_whole_lines(std::string_view body, std::size_t end, std::string& out) {
  std::size_t from = 0;
  for (auto hit = body.find(kFrom); hit < end; hit = body.find(kFrom, hit + kFrom.size())) {
    auto start = hit;
    while (start > 0 && body[start - 1] == '>') --start;
    if (!starts_line(body, start)) continue;
    if (start == hit && !counted_ && separates(body, hit)) {
      auto stop = std::min(hit, empty_line_before(body, hit));
      out.append(body.substr(from, stop - from));
      advance(hit);
      end_message();
      return true;
    }
    if (!is_quoted(hit - start)) continue;
    out.append(body.substr(from, start - from));
    from = start + 1;
  }
  bool at_the_end = ended_ && !counted_ && end == body.size();
  auto stop = at_the_end ? std::min(end, empty_line_before(body, end)) : end;
  out.append(body.substr(from, stop - from));
  advance(end);
  if (counted_) *counted_ -= end;
  return false;
}

bool Mbox::starts_line(std::string_view body, std::size_t at) const {
  return at == 0 ? at_line_start_ : body[at - 1] == '\n';
}

// Where the empty line begins that ends at `at`; nowhere when the line before is another.
std::size_t Mbox::empty_line_before(std::string_view body, std::size_t at) const {
  if (at == 0 || body[at - 1] != '\n') return kNone;
  if (starts_line(body, at - 1)) return at - 1;
  if (at >= 2 && body[at - 2] == '\r' && starts_line(body, at - 2)) return at - 2;
  return kNone;
}

bool Mbox::separates(std::string_view body, std::size_t at) const {
  auto line = body.substr(at, std::min(body.find('\n', at), at + kSeparatorOctets) - at);
  bool behind_empty = at == 0 ? behind_empty_line_ : empty_line_before(body, at) != kNone;
  return is_separator(without_end(line), behind_empty);
}

bool Mbox::is_quoted(std::size_t marks) const {
  switch (message_quoting_) {
    case Quoting::mboxrd: return marks >= 1;
    case Quoting::mboxo:
    case Quoting::mboxcl: return marks == 1;
    case Quoting::mboxcl2:
    case Quoting::automatic: break;
  }
  return false;
}

}  // namespace mailtrust::mailbox
