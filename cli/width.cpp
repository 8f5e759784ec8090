#include "cli/width.hpp"

#include <algorithm>
#include <array>

#include "base/escape.hpp"

namespace mailtrust::cli {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode 15, categories Mn and Me, by block: scripts that domain names are written in.
constexpr std::array kCombining = {
    Range{0x0300, 0x036f},  Range{0x0483, 0x0489}, Range{0x0591, 0x05c7}, Range{0x0610, 0x061a},
    Range{0x064b, 0x065f},  Range{0x06d6, 0x06ed}, Range{0x0730, 0x074a}, Range{0x0900, 0x0902},
    Range{0x093c, 0x093c},  Range{0x0941, 0x0948}, Range{0x094d, 0x094d}, Range{0x0e31, 0x0e31},
    Range{0x0e34, 0x0e3a},  Range{0x0e47, 0x0e4e}, Range{0x1ab0, 0x1aff}, Range{0x1dc0, 0x1dff},
    Range{0x20d0, 0x20f0},  Range{0x302a, 0x302d}, Range{0x3099, 0x309a}, Range{0xfe20, 0xfe2f},
    Range{0x1e130, 0x1e136}};

// UAX 11, W and F, by block.
constexpr std::array kWide = {
    Range{0x1100, 0x115f},   Range{0x231a, 0x231b},   Range{0x2329, 0x232a},
    Range{0x23e9, 0x23ec},   Range{0x25fd, 0x25fe},   Range{0x2614, 0x2615},
    Range{0x2648, 0x2653},   Range{0x26a1, 0x26a1},   Range{0x26bd, 0x26be},
    Range{0x2705, 0x2705},   Range{0x2728, 0x2728},   Range{0x274c, 0x274c},
    Range{0x2753, 0x2757},   Range{0x2795, 0x2797},   Range{0x2b1b, 0x2b1c},
    Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},   Range{0x3400, 0x4dbf},
    Range{0x4e00, 0x9fff},   Range{0xa000, 0xa4cf},   Range{0xa960, 0xa97f},
    Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe10, 0xfe19},
    Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},
    Range{0x16fe0, 0x18cff}, Range{0x1b000, 0x1b2ff}, Range{0x1f004, 0x1f004},
    Range{0x1f0cf, 0x1f0cf}, Range{0x1f18e, 0x1f19a}, Range{0x1f200, 0x1f2ff},
    Range{0x1f300, 0x1f64f}, Range{0x1f680, 0x1f6ff}, Range{0x1f7e0, 0x1f7eb},
    Range{0x1f900, 0x1f9ff}, Range{0x1fa70, 0x1faff}, Range{0x20000, 0x3fffd}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t code_point) {
  auto after = std::ranges::upper_bound(ranges, code_point, {}, &Range::first);
  return after != ranges.begin() && code_point <= std::prev(after)->last;
}

std::size_t columns_of(Utf8 character) {
  return character.length == 0 ? 1 : static_cast<std::size_t>(column_count(character.code_point));
}

}  // namespace

int column_count(char32_t code_point) {
  if (code_point < 0x300) return 1;
  if (within(kCombining, code_point)) return 0;
  return within(kWide, code_point) ? 2 : 1;
}

std::size_t column_count(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    auto character = decode_utf8(text);
    columns += columns_of(character);
    text.remove_prefix(std::max<std::size_t>(character.length, 1));
  }
  return columns;
}

std::string_view fitting(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  std::size_t octets = 0;
  while (octets < text.size()) {
    auto character = decode_utf8(text.substr(octets));
    used += columns_of(character);
    if (used > columns && octets > 0) break;
    octets += std::max<std::size_t>(character.length, 1);
  }
  return text.substr(0, octets);
}

void append_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t indent,
                    std::size_t width) {
  std::size_t used = column;
  bool fresh = true;  // nothing of the text is on this line yet
  auto new_line = [&] {
    out += '\n';
    out.append(indent, ' ');
    used = indent;
    fresh = true;
  };
  while (!text.empty()) {
    auto space = std::min(text.find(' '), text.size());
    auto word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    auto columns = column_count(word);
    if (used + columns + (fresh ? 0U : 1U) > width && (!fresh || used > indent)) new_line();
    if (!fresh) {
      out += ' ';
      ++used;
    }
    while (used + columns > width && used < width) {
      auto piece = fitting(word, width - used);
      if (piece.size() == word.size()) break;
      out += piece;
      word.remove_prefix(piece.size());
      columns = column_count(word);
      new_line();
    }
    out += word;
    used += columns;
    fresh = false;
  }
}

}  // namespace mailtrust::cli
