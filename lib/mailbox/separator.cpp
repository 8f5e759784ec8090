#include "mailbox/separator.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "message/header.hpp"

namespace mailtrust::mailbox {
namespace {

constexpr std::size_t kMostWords = 64;

bool is_number(std::string_view word, std::size_t size) {
  return word.size() == size && std::ranges::all_of(word, ascii::is_digit);
}

// "9:30", "09:30", "09:30:59", with or without more behind.
bool is_time(std::string_view word) {
  auto colon = word.find(':');
  if (colon != 1 && colon != 2) return false;
  return is_number(word.substr(0, colon), colon) && is_number(word.substr(colon + 1, 2), 2);
}

bool is_one_of(std::string_view word, std::string_view names) {
  auto at = names.find(word);
  return word.size() == 3 && at != std::string_view::npos && at % 3 == 0;
}

/// What a date is made of, as far as a line has it.
struct Found {
  std::size_t words = 0;
  bool time = false;
  bool day = false;
  bool month = false;
  bool year = false;
};

Found look_at(std::string_view line) {
  Found found;
  while (!line.empty() && found.words < kMostWords) {
    auto start = std::min(line.find_first_not_of(" \t\r"), line.size());
    line.remove_prefix(start);
    auto word = line.substr(0, line.find_first_of(" \t\r"));
    line.remove_prefix(word.size());
    if (word.empty()) break;
    ++found.words;
    found.time = found.time || is_time(word);
    found.day = found.day || is_one_of(word, "MonTueWedThuFriSatSun");
    found.month = found.month || is_one_of(word, "JanFebMarAprMayJunJulAugSepOctNovDec");
    found.year = found.year || is_number(word, 4);
  }
  return found;
}

}  // namespace

bool is_separator(std::string_view line, bool behind_empty_line) {
  if (!message::is_from_line(line)) return false;
  auto found = look_at(line.substr(0, kSeparatorOctets));
  constexpr std::size_t kFromAndSender = 2;
  if (behind_empty_line) return found.time || found.words <= kFromAndSender;
  return found.time && found.day && found.month && found.year;
}

}  // namespace mailtrust::mailbox
