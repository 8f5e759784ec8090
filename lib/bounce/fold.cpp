#include "bounce/fold.hpp"

#include <cstddef>

#include "base/ascii.hpp"

namespace mailtrust::bounce {
namespace {

unsigned octet(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

bool is_blank(unsigned c) {
  return c <= ' ' || c == 0x7f;
}

char character(unsigned octet) {
  return static_cast<char>(static_cast<unsigned char>(octet));
}

class Folder {
 public:
  explicit Folder(std::string_view text) : text_(text) { out_.reserve(text.size()); }

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    auto c = octet(text_, at_);
    if (is_blank(c)) return take(1, "");
    if (c < 0x80) {
      put(ascii::lower(text_[at_]));
      ++at_;
    } else if (c == 0xc2 && octet(text_, at_ + 1) == 0xa0) {  // no-break space
      take(2, "");
    } else if (c == 0xe3 && octet(text_, at_ + 1) == 0x80 && octet(text_, at_ + 2) == 0x80) {
      take(3, "");  // ideographic space
    } else if (c == 0xe2 && octet(text_, at_ + 1) == 0x80 &&
               (octet(text_, at_ + 2) | 1U) == 0x99) {  // single quotation marks
      take(3, "'");
    } else {
      letter(c, octet(text_, at_ + 1));
    }
  }

  // Capitals of two octets: U+00C0 to U+00DE, U+0410 to U+042F.
  void letter(unsigned first, unsigned second) {
    bool latin = first == 0xc3 && second >= 0x80 && second <= 0x9e && second != 0x97;
    bool cyrillic_low = first == 0xd0 && second >= 0x90 && second <= 0x9f;
    bool cyrillic_high = first == 0xd0 && second >= 0xa0 && second <= 0xaf;
    put(character(cyrillic_high ? 0xd1 : first));
    ++at_;
    if (!latin && !cyrillic_low && !cyrillic_high) return;
    put(character(cyrillic_high ? second - 0x20 : second + 0x20));
    ++at_;
  }

  // Skips `length` octets; without a replacement they are a blank.
  void take(std::size_t length, std::string_view replacement) {
    at_ += length;
    if (replacement.empty()) gap_ = true;
    for (char c : replacement) put(c);
  }

  void put(char c) {
    if (gap_ && !out_.empty()) out_ += ' ';
    gap_ = false;
    out_ += c;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool gap_ = false;
  std::string out_;
};

}  // namespace

std::string fold(std::string_view text) {
  return Folder(text).run();
}

}  // namespace mailtrust::bounce
