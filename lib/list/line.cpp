#include "list/line.hpp"

#include <algorithm>
#include <cstring>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "list/block_text.hpp"
#include "list/mailbox.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::list {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view without_brackets(std::string_view text) {
  text = without_blanks(text);
  if (text.size() < 2 || text.front() != '<' || text.back() != '>') return text;
  return without_blanks(text.substr(1, text.size() - 2));
}

// Comments are free text, but for octets that no file of text holds.
bool is_text(std::string_view text) {
  while (!text.empty()) {
    auto c = static_cast<unsigned char>(text[0]);
    if (c == 0 || c == '\r') return false;
    std::size_t step = c < 0x80 ? 1 : decode_utf8(text).length;
    if (step == 0) return false;
    text.remove_prefix(step);
  }
  return true;
}

void read_name(Line& line, std::size_t at) {
  auto domain = line.spelled.substr(at + 1);
  auto local_part = line.spelled.substr(0, at);
  line.kind = local_part.empty() ? Kind::domain : Kind::mailbox;
  if (is_domain(domain) && (local_part.empty() || is_local_part(local_part)))
    line.content = Line::Content::entry;
}

void read_block(Line& line) {
  auto text = read_block_text(line.spelled);
  if (!text) return;
  line.content = Line::Content::entry;
  line.kind = text->kind;
  line.block = text->block;
  line.host_bits = text->host_bits;
  line.mapped = text->mapped;
}

bool is_wide(const Block& block) {
  bool v4 = block.family == net::Family::v4;
  return block.last - block.first >= (net::Uint128{1} << (v4 ? 24U : 112U)) - 1;
}

bool is_special(const Block& block) {
  const auto* special = net::special_purpose(net::address_of(block.family, block.first));
  return special != nullptr && special->purpose != net::Purpose::documentation &&
         special->prefix.contains(net::address_of(block.family, block.last));
}

constexpr std::uint32_t bit(Code code) {
  return std::uint32_t{1} << static_cast<unsigned>(code);
}

}  // namespace

Line read_line(std::string_view octets) {
  Line line;
  if (octets.ends_with('\r')) octets.remove_suffix(1);
  octets = without_blanks(octets);
  if (octets.empty() || octets.front() == '#') return line;
  auto semicolon = octets.find(';');
  line.content = Line::Content::fault;
  line.spelled = without_brackets(octets.substr(0, semicolon));
  if (semicolon != std::string_view::npos)
    line.comment = without_brackets(octets.substr(semicolon + 1));
  if (line.spelled.empty() || !is_text(line.comment)) return line;
  auto at = find_at(line.spelled);
  if (at == std::string_view::npos) {
    read_block(line);
  } else {
    read_name(line, at);
  }
  return line;
}

Entry entry_of(const Line& line) {
  if (line.kind <= Kind::range) return {line.kind, line.block, {}};
  auto at = find_at(line.spelled);
  auto domain = normal_domain(line.spelled.substr(at + 1));
  if (line.kind == Kind::domain) return {line.kind, {}, std::move(domain)};
  return {line.kind, {}, normal_local_part(line.spelled.substr(0, at)) + '@' + domain};
}

std::uint32_t warnings_of(const Line& line) {
  if (line.content != Line::Content::entry || line.kind > Kind::range) return 0;
  std::uint32_t bits = 0;
  if (line.host_bits) bits |= bit(Code::host_bits);
  if (line.mapped) bits |= bit(Code::mapped);
  if (is_wide(line.block)) bits |= bit(Code::wide);
  if (is_special(line.block)) bits |= bit(Code::special);
  return bits;
}

std::string describe(Code warning, const Line& line) {
  auto meant = to_string(line.block);
  auto first = net::address_of(line.block.family, line.block.first);
  switch (warning) {
    case Code::host_bits:
      return quote(line.spelled) + ": bits are set behind the prefix length; taken as " + meant;
    case Code::mapped: return quote(line.spelled) + ": IPv4 written as IPv6; taken as " + meant;
    case Code::wide:
      return meant + " is very wide: " +
             (line.block.family == net::Family::v4 ? "/8 or more" : "/16 or more");
    case Code::special:
      return meant + " is " + std::string(net::special_purpose(first)->name) +
             ": no mail comes from there over the Internet";
    default: return {};
  }
}

std::string_view to_string(Code code) {
  switch (code) {
    case Code::none: return "none";
    case Code::bad_address: return "bad_address";
    case Code::bad_prefix: return "bad_prefix";
    case Code::bad_range: return "bad_range";
    case Code::bad_mailbox: return "bad_mailbox";
    case Code::bad_domain: return "bad_domain";
    case Code::host_name: return "host_name";
    case Code::separator: return "separator";
    case Code::invisible: return "invisible";
    case Code::not_utf8: return "not_utf8";
    case Code::line_end: return "line_end";
    case Code::no_entry: return "no_entry";
    case Code::too_long: return "too_long";
    case Code::host_bits: return "host_bits";
    case Code::special: return "private";
    case Code::wide: return "wide";
    case Code::mapped: return "mapped";
    case Code::duplicate: return "duplicate";
    case Code::covered: return "covered";
    case Code::contradiction: return "contradiction";
    case Code::too_many: return "too_many";
    case Code::whole_domain: return "whole_domain";
    case Code::provider: return "provider";
  }
  return "none";
}

}  // namespace mailtrust::list
