#include "report/document_text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/utf8.hpp"
#include "message/charset.hpp"

namespace mailtrust::report {
namespace {

enum class Order { little, big };

// XML 1.0 appendix F.1: UTF-16 by its mark, or by how "<?" and white space look in it.
std::optional<Order> utf16_order(std::string_view octets) {
  auto zero = [&](std::size_t at) { return at < octets.size() && octets[at] == '\0'; };
  if (octets.starts_with("\xff\xfe") || (!zero(0) && zero(1) && !zero(2) && zero(3)))
    return Order::little;
  if (octets.starts_with("\xfe\xff") || (zero(0) && !zero(1) && zero(2) && !zero(3)))
    return Order::big;
  return std::nullopt;
}

// RFC 2781. Half a pair, and half a unit at the end, become U+FFFD.
std::string from_utf16(std::string_view octets, Order order) {
  constexpr std::uint32_t kReplacement = 0xfffd;
  auto unit = [&](std::size_t at) -> std::uint32_t {
    if (at + 1 >= octets.size()) return kReplacement;
    std::uint32_t first = static_cast<unsigned char>(octets[at]);
    std::uint32_t second = static_cast<unsigned char>(octets[at + 1]);
    return order == Order::big ? first << 8U | second : second << 8U | first;
  };
  constexpr std::size_t kLongest = 4;
  std::string out;
  out.reserve(std::min(octets.size(), limits::kReportConverted) + kLongest);
  for (std::size_t at = 0; at < octets.size() && out.size() < limits::kReportConverted; at += 2) {
    auto code_point = unit(at);
    bool is_high = (code_point & 0xfc00U) == 0xd800;
    if (is_high && (unit(at + 2) & 0xfc00U) == 0xdc00) {
      code_point = 0x10000 + ((code_point & 0x3ffU) << 10U) + (unit(at + 2) & 0x3ffU);
      at += 2;
    } else if ((code_point & 0xf800U) == 0xd800) {
      code_point = kReplacement;
    }
    append_utf8(out, code_point);
  }
  return out;
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

}  // namespace

DocumentText::DocumentText(std::string_view octets, std::vector<Fault>& faults)
    : faults_(faults), text_(octets) {
  if (auto order = utf16_order(octets)) {
    take_converted(from_utf16(octets, *order), 2);
    if (text_.size() >= limits::kReportConverted) add_too_long(limits::kReportConverted);
    return;
  }
  auto name = ascii::to_lower(declared(octets));
  bool plain = is_ascii(octets);
  bool is_wide = name.starts_with("utf-16") || name.starts_with("utf-32");
  bool is_utf8 = name.empty() || name == "utf-8" || name == "utf8" || name == "us-ascii";
  if (is_wide) add_fault(0, "declares " + quote(name) + " but is in single octets; read as UTF-8");
  if (plain) return;
  // Of most charsets an octet becomes two at most.
  constexpr auto kMost = limits::kReportConverted / 2;
  auto converted =
      is_wide || is_utf8 ? std::nullopt : message::to_utf8(name, octets.substr(0, kMost));
  if (converted) {
    take_converted(std::move(*converted), 1);
    if (octets.size() > kMost) add_too_long(kMost);
    return;
  }
  if (!is_wide && !is_utf8)
    add_fault(0, "declares the charset " + quote(name) + ", not known here; read as UTF-8");
  check_utf8();
}

void DocumentText::add_too_long(std::size_t most) {
  add_fault(text_.size(), "more than " + grouped(most) +
                              " octets in another charset than UTF-8, which is the limit; the rest "
                              "is left out");
}

void DocumentText::take_converted(std::string text, std::size_t unit) {
  converted_ = std::move(text);
  text_ = converted_;
  unit_ = unit;
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
