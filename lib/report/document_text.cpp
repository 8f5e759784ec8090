#include "report/document_text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>

#include <iconv.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"

namespace mailtrust::report {
namespace {

/// A charset by its octets; `name` is iconv(3)'s.
struct Charset {
  const char* name;
  std::size_t unit;  ///< octets of the shortest character
};

constexpr Charset kUtf16Le{"UTF-16LE", 2};
constexpr Charset kUtf16Be{"UTF-16BE", 2};
constexpr Charset kUtf32Le{"UTF-32LE", 4};
constexpr Charset kUtf32Be{"UTF-32BE", 4};

// XML 1.0 appendix F.1: the mark, or how "<?" and white space look in it.
std::optional<Charset> charset_of_octets(std::string_view octets) {
  auto zero = [&](std::size_t at) { return at < octets.size() && octets[at] == '\0'; };
  auto starts = [&](std::string_view mark) { return octets.starts_with(mark); };
  if (starts({"\xff\xfe\0\0", 4}) || (!zero(0) && zero(1) && zero(2) && zero(3))) return kUtf32Le;
  if (starts({"\0\0\xfe\xff", 4}) || (zero(0) && zero(1) && zero(2) && !zero(3))) return kUtf32Be;
  if (starts("\xff\xfe") || (!zero(0) && zero(1) && !zero(2) && zero(3))) return kUtf16Le;
  if (starts("\xfe\xff") || (zero(0) && !zero(1) && zero(2) && !zero(3))) return kUtf16Be;
  return std::nullopt;
}

// What the declaration says, quoted or not; empty when there is none.
std::string_view declared(std::string_view octets) {
  constexpr std::size_t kFar = 1024;
  auto head = octets.substr(0, kFar);
  head = head.substr(std::min(head.find("<?xml"), head.size()));
  head = head.substr(0, head.find("?>"));
  constexpr std::string_view kWord = "encoding";
  auto at = head.find(kWord);
  if (at == std::string_view::npos) return {};
  head.remove_prefix(at + kWord.size());
  head.remove_prefix(std::min(head.find_first_not_of("= \t\r\n\"'"), head.size()));
  return head.substr(0, head.find_first_of(" \t\r\n\"'"));
}

// Names that may go to iconv(3): charsets in which ASCII is ASCII, under the names of the IANA.
constexpr std::array<std::string_view, 20> kFamilies = {
    "iso-8859-", "iso_8859-", "iso8859-",  "windows-125", "cp125",     "cp850",   "cp437",
    "koi8-r",    "koi8-u",    "latin1",    "gb2312",      "gbk",       "gb18030", "big5",
    "euc-jp",    "euc-kr",    "shift_jis", "windows-874", "macintosh", "tis-620"};

bool is_known(std::string_view name) {
  auto begins = [&](std::string_view family) { return name.starts_with(family); };
  constexpr std::size_t kLongest = 16;
  bool plain =
      std::ranges::all_of(name, [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; });
  return plain && name.size() <= kLongest && std::ranges::any_of(kFamilies, begins);
}

// Eight octets at a time: nearly every report is ASCII.
bool is_ascii(std::string_view text) {
  std::uint64_t all = 0;
  std::uint64_t eight = 0;
  for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, text.data(), sizeof eight);
    all |= eight;
  }
  for (char c : text) all |= static_cast<unsigned char>(c) & 0x80U;
  return (all & 0x8080808080808080) == 0;
}

class Converter {
 public:
  explicit Converter(const char* charset) : handle_(::iconv_open("UTF-8", charset)) {}

  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  ~Converter() {
    if (is_open()) ::iconv_close(handle_);
  }

  [[nodiscard]] bool is_open() const { return handle_ != iconv_t(-1); }

  /// As far as it goes, at the end of `out`; false when octets are left that mean nothing.
  bool convert(std::string_view& octets, std::string& out) {
    while (!octets.empty()) {
      std::array<char, 16U << 10> room;  // NOLINT(*-member-init): written before it is read
      auto* from = const_cast<char*>(octets.data());
      auto* to = room.data();
      auto from_left = octets.size();
      auto to_left = room.size();
      auto result = ::iconv(handle_, &from, &from_left, &to, &to_left);
      bool is_full = result == static_cast<std::size_t>(-1) && errno == E2BIG;
      out.append(room.data(), room.size() - to_left);
      octets.remove_prefix(octets.size() - from_left);
      if (result == static_cast<std::size_t>(-1) && !is_full) return false;
    }
    return true;
  }

 private:
  iconv_t handle_;
};

}  // namespace

DocumentText::DocumentText(std::string_view octets, std::vector<Fault>& faults)
    : faults_(faults), text_(octets) {
  auto name = ascii::to_lower(declared(octets));
  bool plain = is_ascii(octets);
  if (auto seen = charset_of_octets(octets)) {
    convert(octets, seen->name, seen->unit);
  } else if (!plain && is_known(name)) {
    convert(octets, name.c_str(), 1);
  } else {
    check_declared(name, plain);
    if (!plain) check_utf8();
  }
}

void DocumentText::check_declared(std::string_view name, bool plain) {
  bool is_wide =
      name.starts_with("utf-16") || name.starts_with("utf-32") || name.starts_with("ucs-");
  bool is_right = plain || name.empty() || name == "utf-8" || name == "utf8" || name == "us-ascii";
  if (is_wide)
    add_fault(0, "declares " + quote(name) + " but is in single octets; read as UTF-8");
  else if (!is_right)
    add_fault(0, "declares the charset " + quote(name) + ", not known here; read as UTF-8");
}

void DocumentText::convert(std::string_view octets, const char* charset, std::size_t unit) {
  Converter converter(charset);
  if (!converter.is_open())
    return add_fault(0, "the charset " + quote(charset) + " is not known to this system");
  std::string bad;
  while (!converter.convert(octets, converted_)) {
    if (bad.empty()) bad = "octets that mean nothing in " + std::string(charset);
    unit_ = unit;
    text_ = converted_;
    if (octets.size() <= unit) break;
    converted_ += "\xef\xbf\xbd";
    octets.remove_prefix(unit);
  }
  unit_ = unit;
  text_ = converted_;
  if (!bad.empty()) add_fault(std::min(text_.find("\xef\xbf\xbd"), text_.size()), bad);
}

void DocumentText::check_utf8() {
  for (std::size_t at = 0; at < text_.size();) {
    if (static_cast<unsigned char>(text_[at]) < 0x80) {
      ++at;
      continue;
    }
    auto length = decode_utf8(text_.substr(at, 4)).length;
    if (length == 0) return add_fault(at, "an octet that is not UTF-8; such octets stay");
    at += length;
  }
}

std::string DocumentText::where(std::size_t offset) {
  if (offset < line_at_) line_ = 1, line_at_ = 0;
  auto before = text_.substr(0, offset);
  for (auto end = before.find('\n', line_at_); end != std::string_view::npos;
       end = before.find('\n', line_at_)) {
    line_at_ = end + 1;
    ++line_;
  }
  auto line = before.substr(std::min(line_at_, before.size()));
  std::size_t column = 1;
  // A character of four octets is a pair in UTF-16; charsets of single octets have none of several.
  for (char c : line) {
    auto octet = static_cast<unsigned char>(c);
    bool begins = (octet & 0xc0U) != 0x80;
    column += unit_ == 0 ? 1 : !begins ? 0 : unit_ == 2 && octet >= 0xf0 ? 4 : unit_;
  }
  return std::to_string(line_) + ':' + std::to_string(column);
}

void DocumentText::add_fault(std::size_t offset, std::string message) {
  if (faults_.size() < limits::kMessagesPerInput)
    faults_.push_back({where(offset), std::move(message)});
}

}  // namespace mailtrust::report
