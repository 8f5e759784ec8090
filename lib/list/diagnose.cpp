// What is wrong with a line that read_line() refused. Only such lines come here, so that reading
// can be quick.
#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "list/block_text.hpp"
#include "list/line.hpp"
#include "list/mailbox.hpp"

namespace mailtrust::list {
namespace {

constexpr std::string_view kExpected =
    "expected an address, a prefix, a range, user@domain or @domain";

class Diagnosis {
 public:
  explicit Diagnosis(std::string_view octets) : octets_(octets) {
    if (octets_.ends_with('\r')) octets_.remove_suffix(1);
    auto semicolon = octets_.find(';');
    auto field = octets_.substr(0, semicolon);
    entry_ = trimmed(field);
  }

  Fault fault() {
    if (octets_.size() > limits::kListLine)
      return at(octets_, Code::too_long,
                "line is longer than " + std::to_string(limits::kListLine >> 10U) + " KiB");
    if (auto found = bad_octets()) return *found;
    if (entry_.empty())
      return at(octets_, Code::no_entry, "no entry before the \";\"; " + expected());
    if (auto found = unseen()) return *found;
    if (auto found = separated()) return *found;
    if (entry_.find("://") != std::string_view::npos)
      return whole(Code::host_name, "a link; " + expected());
    if (auto at_sign = find_at(entry_); at_sign != std::string_view::npos) return name(at_sign);
    if (auto found = range()) return *found;
    return block(entry_);
  }

 private:
  static std::string expected() { return std::string(kExpected); }

  static std::string_view trimmed(std::string_view text) {
    auto blank = [](char c) { return c == ' ' || c == '\t'; };
    auto trim = [&] {
      while (!text.empty() && blank(text.front())) text.remove_prefix(1);
      while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    };
    trim();
    if (text.size() > 1 && text.front() == '<' && text.back() == '>') {
      text = text.substr(1, text.size() - 2);
      trim();
    }
    return text;
  }

  // `where` is a part of the line.
  Fault at(std::string_view where, Code code, std::string message) const {
    auto offset = static_cast<std::size_t>(where.data() - octets_.data());
    return {code, offset + 1, std::move(message)};
  }

  Fault whole(Code code, const std::string& what) const {
    return at(entry_, code, quote(entry_) + ": " + what);
  }

  // Told at `where`, about the entry.
  Fault inside(std::string_view where, Code code, const std::string& what) const {
    return at(where, code, quote(entry_) + ": " + what);
  }

  // Octets that no line may hold, wherever they are.
  std::optional<Fault> bad_octets() const {
    auto text = octets_;
    while (!text.empty()) {
      if (text[0] == '\r')
        return at(text, Code::line_end,
                  "a carriage return inside the line; expected lines that end in LF or CRLF");
      if (text[0] == '\0') return at(text, Code::invisible, "a NUL octet; expected text in UTF-8");
      auto step = decode_utf8(text).length;
      if (step == 0) return at(text, Code::not_utf8, "octets that are not UTF-8");
      text.remove_prefix(step);
    }
    return std::nullopt;
  }

  // Characters that look like nothing or like others have no place in an address.
  std::optional<Fault> unseen() const {
    bool mailbox = entry_.find('@') != std::string_view::npos;
    auto text = entry_;
    while (!text.empty()) {
      auto [code_point, length] = decode_utf8(text);
      bool control = code_point < 0x20 && code_point != '\t';
      bool unfit = length > 1 && (!mailbox || is_unsafe(code_point) || code_point == 0xa0);
      if (control || code_point == 0x7f || unfit)
        return inside(text, Code::invisible,
                      "an invisible or foreign character; expected plain ASCII");
      text.remove_prefix(length);
    }
    return std::nullopt;
  }

  // A sound entry, then something else than a semicolon.
  std::optional<Fault> separated() const {
    auto end = entry_.find_first_of(" \t,|#=");
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    auto first = read_line(entry_.substr(0, end));
    if (first.content != Line::Content::entry) return std::nullopt;
    return inside(entry_.substr(end), Code::separator,
                  "expected \";\" between the entry and its comment");
  }

  Fault name(std::size_t at_sign) const {
    auto domain = entry_.substr(at_sign + 1);
    auto local_part = entry_.substr(0, at_sign);
    if (domain.empty()) return inside(domain, Code::bad_domain, "no domain behind the \"@\"");
    if (!is_domain(domain))
      return inside(domain, Code::bad_domain,
                    "what stands behind the \"@\" is no domain; expected one such as example.org");
    if (local_part == "*")
      return whole(Code::bad_mailbox, "a whole domain is written @" + std::string(domain));
    return inside(local_part, Code::bad_mailbox,
                  "what stands before the \"@\" is no mailbox; expected user@domain or @domain");
  }

  std::optional<Fault> range() const {
    auto hyphen = entry_.find('-');
    if (hyphen == std::string_view::npos) return std::nullopt;
    auto first_text = trimmed(entry_.substr(0, hyphen));
    auto last_text = trimmed(entry_.substr(hyphen + 1));
    auto first = read_block_text(first_text);
    auto last = read_block_text(last_text);
    bool names = std::ranges::any_of(entry_, [](char c) { return ascii::lower(c) > 'f'; });
    if (!first && names) return std::nullopt;
    if (!first) return block(first_text);
    if (!last) return block(last_text);
    if (first->kind != Kind::address || last->kind != Kind::address)
      return whole(Code::bad_range, "a prefix at the end of a range; expected ADDRESS-ADDRESS");
    if (first->block.family != last->block.family)
      return inside(last_text, Code::bad_range, "IPv4 and IPv6 in one range");
    return inside(last_text, Code::bad_range, "the range ends before it begins");
  }

  // An address or prefix; what its address part lacks, else its length.
  Fault block(std::string_view text) const {
    auto slash = text.find('/');
    auto address = text.substr(0, slash);
    if (!net::Address::read(address)) return bad_address(address);
    return inside(text.substr(slash + 1), Code::bad_prefix,
                  std::string("expected a prefix length from 0 to ") +
                      (address.find(':') == std::string_view::npos ? "32" : "128"));
  }

  Fault bad_address(std::string_view text) const {
    if (text.find(':') != std::string_view::npos) return bad_v6(text);
    if (text.starts_with("0x") || text.starts_with("0X"))
      return inside(text, Code::bad_address,
                    "a hexadecimal number; expected one such as 192.0.2.1");
    bool numeric = std::ranges::all_of(text, [](char c) { return ascii::is_digit(c) || c == '.'; });
    if (!numeric && is_domain(text) && !looks_like_quad(text))
      return inside(text, Code::host_name, "a host name; " + expected());
    if (!text.empty() && std::ranges::all_of(text, ascii::is_digit))
      return inside(text, Code::bad_address, "a number; expected an address such as 192.0.2.1");
    return bad_quad(text);
  }

  // "192.0.2.x": meant to be an address all the same.
  static bool looks_like_quad(std::string_view text) {
    auto dot = text.find('.');
    auto second = text.substr(dot + 1, text.find('.', dot + 1) - dot - 1);
    auto digits = [](std::string_view part) {
      return !part.empty() && std::ranges::all_of(part, ascii::is_digit);
    };
    return digits(text.substr(0, dot)) && digits(second);
  }

  Fault bad_quad(std::string_view text) const {
    auto rest = text;
    for (int count = 1;; ++count) {
      auto dot = rest.find('.');
      auto part = rest.substr(0, dot);
      if (count > 4)
        return inside(part, Code::bad_address,
                      "more than four numbers; expected one such as 192.0.2.1");
      bool digits = !part.empty() && std::ranges::all_of(part, ascii::is_digit);
      if (!digits)
        return inside(part, Code::bad_address,
                      "not an address: expected a number from 0 to 255 as part " +
                          std::to_string(count) + " of 4");
      if (part.size() > 1 && part[0] == '0')
        return inside(
            part, Code::bad_address,
            "a leading zero, which some read as octal; expected a decimal number without");
      if (part.size() > 3 || std::stoi(std::string(part)) > 255)
        return inside(part, Code::bad_address, "a number above 255");
      if (dot == std::string_view::npos)
        return inside(
            part, Code::bad_address,
            "only " + std::to_string(count) + " of 4 numbers; expected one such as 192.0.2.1");
      rest.remove_prefix(dot + 1);
    }
  }

  Fault bad_v6(std::string_view text) const {
    auto colon = text.find(':');
    auto rest = text.substr(colon + 1);
    if (net::Address::read(text.substr(0, colon)) && std::ranges::all_of(rest, ascii::is_digit))
      return inside(text.substr(colon), Code::bad_address, "a port; expected the address alone");
    if (text.starts_with('['))
      return inside(text, Code::bad_address, "brackets; expected the address alone");
    if (auto percent = text.find('%'); percent != std::string_view::npos)
      return inside(text.substr(percent), Code::bad_address, "a zone; expected the address alone");
    auto stranger = std::ranges::find_if(
        text, [](char c) { return ascii::hex_value(c) < 0 && c != ':' && c != '.'; });
    auto place = text.substr(static_cast<std::size_t>(stranger - text.begin()));
    if (!place.empty())
      return inside(place, Code::bad_address,
                    "not an address: " + quote(place.substr(0, 1)) + " cannot be part of one");
    auto gap = text.find("::");
    if (gap != std::string_view::npos && text.find("::", gap + 1) != std::string_view::npos)
      return inside(text.substr(text.find("::", gap + 1)), Code::bad_address,
                    "\"::\" more than once");
    return inside(text, Code::bad_address,
                  "not an IPv6 address: expected eight groups of up to four hexadecimal digits, "
                  "or fewer with one \"::\"");
  }

  std::string_view octets_;
  std::string_view entry_;
};

}  // namespace

Fault diagnose(std::string_view octets) {
  return Diagnosis(octets).fault();
}

}  // namespace mailtrust::list
