#include "list/export.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "list/export_makers.hpp"

namespace mailtrust::list {
namespace {

constexpr auto kFormats = std::to_array<Format>({
    {.name = "postfix",
     .summary = "cidr table of addresses",
     .needs_verdict = true,
     .make = make_postfix},
    {.name = "postfix-hash",
     .summary = "access table of mailboxes and domains",
     .needs_verdict = true,
     .make = make_postfix_hash},
    {.name = "postscreen",
     .summary = "postscreen_access_list",
     .needs_verdict = true,
     .make = make_postscreen},
    {.name = "rspamd", .summary = "map of addresses", .make = make_rspamd},
    {.name = "rspamd-from", .summary = "map of mailboxes and domains", .make = make_rspamd_from},
    {.name = "spamassassin",
     .summary = "configuration",
     .needs_verdict = true,
     .make = make_spamassassin},
    {.name = "exim",
     .summary = "iplsearch file of addresses",
     .needs_verdict = true,
     .make = make_exim},
    {.name = "exim-senders",
     .summary = "lsearch file of mailboxes and domains",
     .needs_verdict = true,
     .make = make_exim_senders},
    {.name = "nftables", .summary = "script that fills two sets", .make = make_nftables},
    {.name = "ipset", .summary = "script that fills two sets", .make = make_ipset},
    {.name = "dnsxl",
     .summary = "zone for nsd, bind, knot",
     .has_serial = true,
     .make = make_dnsxl},
    {.name = "rbldnsd", .summary = "combined dataset", .make = make_rbldnsd},
    {.name = "haproxy", .summary = "file for acl src -f", .make = make_haproxy},
    {.name = "nginx",
     .summary = "allow or deny directives",
     .needs_verdict = true,
     .make = make_nginx},
    {.name = "csv", .summary = "for spreadsheets", .keeps_state = true, .make = make_csv},
    {.name = "json", .summary = "one document", .keeps_state = true, .make = make_json},
    {.name = "text", .summary = "ENTRY;COMMENT lines, as imported", .make = make_text},
});

constexpr std::string_view kSerialMark = " ; serial\n";

// Where the number in front of the mark begins, and the mark; npos twice without one.
std::pair<std::size_t, std::size_t> find_serial(std::string_view zone) {
  auto mark = zone.find(kSerialMark);
  if (mark == std::string_view::npos) return {mark, mark};
  auto begin = mark;
  while (begin > 0 && ascii::is_digit(zone[begin - 1])) --begin;
  return {begin, mark};
}

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format* find_format(std::string_view name) {
  const auto* found = std::ranges::find(kFormats, name, &Format::name);
  return found == kFormats.end() ? nullptr : found;
}

std::string set_name_of(std::string_view name) {
  if (auto slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  if (auto dot = name.find('.'); dot != std::string_view::npos && dot > 0)
    name = name.substr(0, dot);
  std::string out;
  for (char c : name) out += ascii::is_alnum(c) || c == '-' ? c : '_';
  auto first = std::ranges::find_if(out, ascii::is_alnum);
  out.erase(out.begin(), first);
  if (out.empty()) return "list";
  return ascii::is_digit(out.front()) ? "list_" + out : out;
}

std::optional<std::uint32_t> serial_in(std::string_view zone) {
  auto [begin, end] = find_serial(zone);
  if (begin == end) return std::nullopt;
  return parse_number<std::uint32_t>(zone.substr(begin, end - begin));
}

bool same_but_serial(std::string_view a, std::string_view b) {
  auto [a_begin, a_end] = find_serial(a);
  auto [b_begin, b_end] = find_serial(b);
  if (a_begin == a_end || b_begin == b_end) return a == b;
  return a.substr(0, a_begin) == b.substr(0, b_begin) && a.substr(a_end) == b.substr(b_end);
}

}  // namespace mailtrust::list
