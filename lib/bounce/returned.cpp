#include "bounce/returned.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace mailtrust::bounce {
namespace {

// The words of markers behind their dashes, in lower case. A line that begins with one of them and
// has a message behind it parts the notice from what it returns.
constexpr auto kMarkers = std::to_array<std::string_view>({
    "a copy of the message",
    "a copy of your message",
    "attached is a copy of the message",
    "begin message header",
    "begin returned message",
    "below is a copy of the original message",
    "below is a copy of the message",
    "below is your original message",
    "below this line is a copy of the message",
    "below this line is the original bounce",
    "below this line is the original message",
    "content of the original message",
    "copy of message follows",
    "copy of the original message",
    "copy of your message",
    "enclosed is a copy of the message",
    "first part of message follows",
    "full message headers",
    "header of the original message",
    "header of the message",
    "header of your message",
    "headers of the original message",
    "here is a copy of your message",
    "included is a copy of the message header",
    "message header follows",
    "message header from",
    "message headers follow",
    "message follows",
    "message text follows",
    "original header follows",
    "original mail follows",
    "original message",
    "original text follows",
    "original-nachricht",
    "returned mail follows",
    "returned message follows",
    "returned message header",
    "returned message:",
    "start of returned message",
    "text of message follows",
    "text of the original message",
    "the body of the message",
    "the first part of the message",
    "the following is a copy of",
    "the header of the original message",
    "the header of your message",
    "the headers of the original message",
    "the original message follows",
    "the original message:",
    "the text of the message",
    "this is a copy of the headers",
    "this is a copy of the message",
    "this is a copy of your message",
    "undelivered message follows",
    "unsent message",
    "your message follows",
    "your message header",
    "your original message",
});

constexpr std::string_view kFirstLetters = "abcefhimorstuy";
constexpr std::size_t kMaxMarker = 160;

std::string_view without_dashes(std::string_view line) {
  auto first = line.find_first_not_of("-=*_+#~><| \t");
  return first == std::string_view::npos ? std::string_view{} : line.substr(first);
}

bool begins_with_marker(std::string_view text) {
  auto it = std::ranges::find_if(kMarkers,
                                 [&](auto marker) { return ascii::istarts_with(text, marker); });
  return it != kMarkers.end();
}

bool is_marker(std::string_view line) {
  if (line.empty() || line.size() > kMaxMarker) return false;
  auto text = without_dashes(line);
  if (text.empty()) return false;
  // Most lines begin with another letter than any marker.
  return kFirstLetters.find(ascii::lower(text.front())) != std::string_view::npos &&
         begins_with_marker(text);
}

bool is_dashed(std::string_view line) {
  auto text = ascii::trim(line);
  return text.starts_with("--") || text.starts_with("==") || text.starts_with("**") ||
         text.starts_with("__") || text.starts_with("- -");
}

// RFC 5322 section 2.2: a name of printable octets, a colon.
std::string_view field_name(std::string_view line) {
  auto colon = line.substr(0, 64).find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  auto name = line.substr(0, colon);
  bool good =
      std::ranges::all_of(name, [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; });
  return good ? name : std::string_view{};
}

bool begins_header(std::string_view line) {
  return !field_name(line).empty() || line.starts_with("From ") || line.starts_with(">From ");
}

// Fields of a header as they follow one another.
class Run {
 public:
  /// False when the line ends the run.
  bool take(std::string_view line, std::size_t number) {
    if (line.empty()) return false;
    if (ascii::is_space(line.front())) return fields_ > 0;
    auto name = field_name(line);
    if (name.empty()) return false;
    if (fields_++ == 0) begin_ = number;
    strong_ += is_strong(name) ? 1 : 0;
    weak_ += is_weak(name) ? 1 : 0;
    // What tells of a delivery is no message, whatever its other fields.
    if (ascii::iequals(name, "Reporting-MTA") || ascii::iequals(name, "Final-Recipient"))
      strong_ = weak_ = -100;
    return true;
  }

  [[nodiscard]] bool is_header() const {
    return (strong_ > 0 && fields_ >= 3 && strong_ + weak_ >= 2) || weak_ >= 4;
  }

  [[nodiscard]] std::size_t begin() const { return begin_; }

 private:
  static bool is_strong(std::string_view name) {
    return ascii::iequals(name, "Received") || ascii::iequals(name, "Message-ID") ||
           ascii::iequals(name, "Return-Path") || ascii::iequals(name, "DKIM-Signature");
  }

  static bool is_weak(std::string_view name) {
    return ascii::iequals(name, "From") || ascii::iequals(name, "To") ||
           ascii::iequals(name, "Date") || ascii::iequals(name, "Subject") ||
           ascii::iequals(name, "MIME-Version");
  }

  std::size_t begin_ = 0;
  int fields_ = 0;
  int strong_ = 0;
  int weak_ = 0;
};

// A marker counts if the next line that is not empty could begin a header, or if nothing follows.
std::size_t behind_marker(std::span<const std::string_view> lines, std::size_t marker) {
  auto at = marker + 1;
  while (at < lines.size() && (lines[at].empty() || is_dashed(lines[at]))) ++at;
  return at;
}

}  // namespace

ReturnedAt find_returned(std::span<const std::string_view> lines) {
  Run run;
  std::size_t looked = 0;  // behind markers: no line is looked at twice
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i >= looked && is_marker(lines[i])) {
      looked = behind_marker(lines, i);
      bool follows = looked < lines.size() && begins_header(lines[looked]);
      if (follows || (looked == lines.size() && is_dashed(lines[i]))) return {i, looked};
    }
    if (!run.take(lines[i], i)) run = Run();
    if (run.is_header()) return {run.begin(), run.begin()};
  }
  return {lines.size(), lines.size()};
}

}  // namespace mailtrust::bounce
