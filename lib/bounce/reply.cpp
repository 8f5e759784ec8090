#include "bounce/reply.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"

namespace mailtrust::bounce {
namespace {

using ascii::is_alnum;
using ascii::is_digit;
using ascii::is_space;

// Subjects that the IANA registry of enhanced status codes has (RFC 5248): 0 to 7. A number group
// elsewhere that begins with 2, 4 or 5 is a version rather.
constexpr int kKnownSubjects = 7;

char at(std::string_view text, std::size_t index) {
  return index < text.size() ? text[index] : '\0';
}

// Digits at `index`: one to three of them, and no more.
std::optional<int> number_at(std::string_view text, std::size_t& index) {
  auto begin = index;
  while (index < text.size() && is_digit(text[index]) && index - begin < 4) ++index;
  auto length = index - begin;
  if (length == 0 || length > 3) return std::nullopt;
  return static_cast<int>(*parse_number<unsigned>(text.substr(begin, length)));
}

bool is_status_class(char c) {
  return c == '2' || c == '4' || c == '5';
}

// "5.1.1" at `index`, which moves behind it; not part of a longer number, name or address.
std::optional<Status> status_at(std::string_view text, std::size_t& index) {
  if (!is_status_class(at(text, index)) || at(text, index + 1) != '.') return std::nullopt;
  auto end = index + 2;
  auto subject = number_at(text, end);
  if (!subject || at(text, end) != '.') return std::nullopt;
  auto detail = number_at(text, ++end);
  if (!detail || is_alnum(at(text, end))) return std::nullopt;
  if (at(text, end) == '.' && is_digit(at(text, end + 1))) return std::nullopt;
  Status status{text[index] - '0', *subject, *detail};
  index = end;
  return status;
}

// The word before white space that ends at `end`, in lower case when it is short.
std::string word_before(std::string_view text, std::size_t end) {
  while (end > 0 && text[end - 1] == ' ') --end;
  auto begin = end;
  while (begin > 0 && end - begin < 12 && ascii::is_alpha(text[begin - 1])) --begin;
  return ascii::to_lower(text.substr(begin, end - begin));
}

bool announces_code(std::string_view word) {
  static constexpr std::array kWords = {
      std::string_view("code"),   std::string_view("error"),    std::string_view("errors"),
      std::string_view("reply"),  std::string_view("response"), std::string_view("returned"),
      std::string_view("said"),   std::string_view("smtp"),     std::string_view("status"),
      std::string_view("dsn"),    std::string_view("with"),     std::string_view("responded"),
      std::string_view("failed"), std::string_view("answered"), std::string_view("reason"),
      std::string_view("esmtp"),  std::string_view("answer"),   std::string_view("fehler")};
  return std::ranges::find(kWords, word) != kWords.end();
}

// May a code stand behind what ends at `index`?
bool is_place(std::string_view text, std::size_t index) {
  if (index == 0) return true;
  char before = text[index - 1];
  if (std::string_view("\n#(['\"<>{;|").find(before) != std::string_view::npos) return true;
  if (before == '=') return announces_code(word_before(text, index - 1));
  // "said:550 ..."; in an IPv6 address no blank follows.
  if (before == ':') {
    if (announces_code(word_before(text, index - 1))) return true;
    auto end = text.find_first_not_of("0123456789.", index);
    return end == std::string_view::npos || is_space(text[end]) || text[end] == '-';
  }
  if (before != ' ') return false;
  auto end = index;
  while (end > 0 && text[end - 1] == ' ') --end;
  if (end == 0) return true;
  if (std::string_view("\n:;.|-()[]<>'\"#=!").find(text[end - 1]) != std::string_view::npos)
    return true;
  return announces_code(word_before(text, end));
}

// May a reply code end at `index`? "550 text", "550-text", "550#5.1.1", "550: text", "(550)". An
// address ("450.12"), a range ("450-500 octets"), a part of an IPv6 address ("450:1") may not.
bool ends_code(std::string_view text, std::size_t index) {
  char after = at(text, index);
  char second = at(text, index + 1);
  if (after == '-') {
    if (!is_digit(second)) return true;
    auto end = index + 1;
    while (is_digit(at(text, end))) ++end;
    return at(text, end) == '.' || at(text, end) == ':';
  }
  if (after == '.' || after == ':' || after == ',') return !is_alnum(second);
  return !is_alnum(after) && after != '/' && after != '%' && after != '@' && after != '_';
}

bool has_code_digits(std::string_view text, std::size_t index) {
  char first = at(text, index);
  return first >= '2' && first <= '5' && is_digit(at(text, index + 1)) &&
         is_digit(at(text, index + 2));
}

struct Place {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;  // behind the code and the status that follows
  int code = 0;
  std::optional<Status> status;

  [[nodiscard]] bool found() const { return begin != std::string_view::npos; }
};

std::size_t skip_any(std::string_view text, std::size_t index, std::string_view characters) {
  while (index < text.size() && characters.find(text[index]) != std::string_view::npos) ++index;
  return index;
}

// A reply code at `index` with the status that follows it: "550 5.1.1", "550-5.1.1", "550 #5.1.1".
Place code_at(std::string_view text, std::size_t index) {
  if (!has_code_digits(text, index) || !ends_code(text, index + 3)) return {};
  Place place{index, index + 3, 0, std::nullopt};
  place.code = static_cast<int>(*parse_number<unsigned>(text.substr(index, 3)));
  // "554 554 5.7.1 no": Gmail's notices say the code of its own before the reply.
  auto again = text.substr(place.end, 4);
  if (again.size() == 4 && again[0] == ' ' && again.substr(1) == text.substr(index, 3) &&
      ends_code(text, place.end + 4))
    place.end += 4;
  auto next = skip_any(text, place.end, "- #([:");
  // "554 554 5.7.0 ...": by who quotes, and by the server.
  if (text.substr(next, 3) == text.substr(index, 3) && ends_code(text, next + 3)) {
    place.end = next + 3;
    next = skip_any(text, place.end, "- #([:");
  }
  if (auto status = status_at(text, next)) {
    place.status = status;
    place.end = next;
    if (at(text, next) == ')' || at(text, next) == ']') ++place.end;
  } else if (at(text, place.end) == '-' || at(text, place.end) == ':') {
    ++place.end;
  }
  return place;
}

// A code with a status behind it is one wherever a word may stand.
bool code_stands(std::string_view text, const Place& place) {
  if (is_place(text, place.begin)) return true;
  return place.status && place.begin > 0 && text[place.begin - 1] == ' ';
}

// The first code that refuses; where none does, the first at all.
Place find_code(std::string_view text) {
  Place first;
  for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    auto place = code_at(text, i);
    if (place.found() && code_stands(text, place)) {
      if (place.code >= 400) return place;
      if (!first.found()) first = place;
    }
    while (i < text.size() && (is_digit(text[i]) || (text[i] == '.' && is_digit(at(text, i + 1)))))
      ++i;
  }
  return first;
}

// A status on its own: "(#5.1.1)", "- 5.7.1 [BL23]".
Place find_status(std::string_view text, std::size_t from) {
  for (auto i = from; i + 5 <= text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    auto end = i;
    auto status = status_at(text, end);
    if (status && status->subject <= kKnownSubjects && is_place(text, i))
      return {i, end, 0, status};
    while (i < text.size() && (is_digit(text[i]) || (text[i] == '.' && is_digit(at(text, i + 1)))))
      ++i;
  }
  return {};
}

// Control characters as blanks, line ends of any kind as LF.
std::string cleaned(std::string_view text) {
  std::string out(text.substr(0, limits::kDiagnostic));
  for (char& c : out) {
    if (c == '\n' || c == '\r') {
      c = '\n';
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      c = ' ';
    }
  }
  // What marks a line of the server in a transcript.
  constexpr std::string_view kMark = "<<< ";
  for (auto mark = out.find(kMark); mark != std::string::npos; mark = out.find(kMark, mark + 4))
    out.replace(mark, kMark.size(), mark == 0 ? "    " : "\n   ");
  return out;
}

// The same code once more: of a reply's next line, also where lines were joined by others.
std::size_t repeated_code(std::string_view text, std::size_t index, const Place& first) {
  if (first.code == 0 || !has_code_digits(text, index)) return 0;
  bool line = index == 0 || text[index - 1] == '\n';
  if (!line && text[index - 1] != ' ') return 0;
  auto place = code_at(text, index);
  if (!place.found() || place.code != first.code) return 0;
  bool same_status = place.status && place.status == first.status;
  return line || same_status || at(text, index + 3) == '-' ? place.end - index : 0;
}

// `text` behind the first code, on one line, without the codes of the lines that follow.
std::string joined(std::string_view text, const Place& first) {
  std::string out;
  bool gap = false;
  for (auto i = first.end; i < text.size();) {
    if (auto length = repeated_code(text, i, first)) {
      i += length;
      gap = true;
      continue;
    }
    char c = text[i++];
    if (c == ' ' || c == '\n') {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

// "554 4.4.7 expired <421 4.4.2 timed out>": giving up says nothing, the last answer does.
std::optional<Status> more_telling(std::string_view text, const Place& first) {
  if (!first.status || first.status->subject != 4 || first.status->detail != 7) return first.status;
  auto later = find_code(text.substr(first.end));
  return later.status && later.status->says_something() ? later.status : first.status;
}

}  // namespace

std::string to_string(const Status& status) {
  return std::to_string(status.class_code) + '.' + std::to_string(status.subject) + '.' +
         std::to_string(status.detail);
}

std::optional<Status> parse_status(std::string_view text) {
  std::size_t index = 0;
  while (index < text.size() && is_space(text[index])) ++index;
  return status_at(text, index);
}

Reply read_reply(std::string_view text) {
  auto clean = cleaned(text);
  auto place = find_code(clean);
  Reply reply;
  reply.code = place.code;
  reply.status = more_telling(clean, place);
  if (!reply.status) {
    auto alone = find_status(clean, place.end);
    // "#5.1.1 SMTP; 550 ...": before the code.
    if (!alone.found() && place.found()) alone = find_status(clean.substr(0, place.begin), 0);
    reply.status = alone.status;
    bool leads = !place.found() && alone.found();
    if (leads && ascii::trim(std::string_view(clean).substr(0, alone.begin)).size() < 2)
      place = alone;
  }
  reply.text = joined(clean, place);
  return reply;
}

}  // namespace mailtrust::bounce
