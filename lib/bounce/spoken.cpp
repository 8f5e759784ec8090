#include "bounce/spoken.hpp"

#include "base/ascii.hpp"
#include "bounce/names.hpp"
#include "bounce/reply.hpp"

namespace mailtrust::bounce {
namespace {

constexpr std::size_t kMaxFrame = 4096;  // of a line of a log, before the reply

// What stands between `before` and one of `ends`; empty when it does not.
std::string_view between(std::string_view text, std::string_view before, std::string_view ends) {
  auto begin = text.find(before);
  if (begin == std::string_view::npos) return {};
  auto rest = text.substr(begin + before.size());
  return rest.substr(0, rest.find_first_of(ends));
}

std::string host_in(std::string_view frame) {
  for (std::string_view before : {"relay=", "host ", "H="}) {
    auto host = ascii::trim(between(frame, before, "[]:, "));
    if (is_plain_domain(host)) return ascii::to_lower(host);
  }
  return {};
}

std::string recipient_in(std::string_view frame) {
  for (std::string_view before : {"to=<", "TO:<", "rcpt <"}) {
    auto mailbox = between(frame, before, ">, ");
    if (mailbox.find('@') != std::string_view::npos) return std::string(mailbox);
  }
  return {};
}

// Blanks of any kind are one; letters in lower case.
std::string folded(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) {
      out += ascii::lower(c);
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank || (!out.empty() && out.back() != ' ')) out += blank ? ' ' : c;
  }
  return out;
}

// Where `piece` begins at or after `from`, a word's letter or digit only at the start of a word.
std::size_t find_piece(std::string_view text, std::string_view piece, std::size_t from) {
  for (auto at = text.find(piece, from); at != std::string_view::npos;
       at = text.find(piece, at + 1))
    if (at == 0 || !ascii::is_alnum(piece.front()) || !ascii::is_alnum(text[at - 1])) return at;
  return std::string_view::npos;
}

// What follows the first `mark`; empty when there is none.
std::string_view behind(std::string_view text, std::string_view mark) {
  auto at = text.find(mark);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

// The pieces of a wording, in their order, as `shown` has what `low` is folded from.
std::string wording_in(std::string_view low, std::string_view shown, std::string_view wording) {
  std::string words;
  std::size_t at = 0;
  for (auto rest = wording; !rest.empty(); rest = behind(rest, " * ")) {
    auto piece = rest.substr(0, rest.find(" * "));
    auto found = find_piece(low, piece, at);
    if (found == std::string_view::npos) return {};
    if (!words.empty()) words += " ... ";
    words += shown.substr(found, piece.size());
    at = found + piece.size();
  }
  return words;
}

}  // namespace

Failure spoken_failure(std::string_view text) {
  Failure failure;
  failure.diagnostic = std::string(text);
  failure.code = read_reply(text).code;
  auto frame = text.substr(0, kMaxFrame);
  failure.remote = host_in(frame);
  failure.address = recipient_in(frame);
  if (failure.address.empty()) failure.address = find_names(read_reply(text).text).recipient;
  return failure;
}

std::string matched_words(const Rule& rule, std::string_view text) {
  auto low = folded(text);
  auto shown = single_spaced(text);
  for (std::string_view rest = rule.phrase; !rest.empty(); rest = behind(rest, " | "))
    if (auto words = wording_in(low, shown, rest.substr(0, rest.find(" | "))); !words.empty())
      return words;
  return {};
}

}  // namespace mailtrust::bounce
