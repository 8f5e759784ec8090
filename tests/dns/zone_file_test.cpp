#include "dns/zone_file.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dns/zone_reader.hpp"
#include "dns/zone_resolver.hpp"

using namespace mailtrust;
using dns::ZoneResolver;

namespace {

// Every complaint about the text, one per line: `WHERE: WHAT`.
std::string complaints(std::string_view text) {
  auto zone = ZoneResolver::from_text(text, "z");
  if (zone) return "";
  std::string lines;
  for (const auto& error : zone.error()) lines += error.where + ": " + error.message + '\n';
  return lines;
}

// The tokens of each entry, those in quotes marked, an omitted owner as `_`.
std::string entries(dns::ZoneSplitter& splitter, const dns::ZoneErrors& errors) {
  dns::Entry entry;
  std::string lines;
  while (splitter.next(entry)) {
    lines += entry.kind == dns::Entry::Kind::record  ? ""
             : entry.kind == dns::Entry::Kind::fault ? "!"
                                                     : "$";
    if (entry.owner_omitted) lines += '_';
    for (const auto& token : entry.tokens)
      lines += token.quoted ? " \"" + std::string(token.text) + '"' : ' ' + std::string(token.text);
    lines += '\n';
  }
  return lines + (errors.empty() ? "" : "errors");
}

std::string entries(std::string_view text) {
  dns::ZoneErrors errors("z");
  dns::ZoneSplitter splitter(text, errors);
  return entries(splitter, errors);
}

// The same, of a text that is not there as a whole, and its complaints.
std::string streamed(std::string_view text) {
  dns::ZoneErrors errors("z");
  auto source = [rest = text](std::span<char> room) mutable -> Expected<std::size_t> {
    auto piece = rest.substr(0, std::min<std::size_t>(room.size(), 100'000));
    std::ranges::copy(piece, room.begin());
    rest.remove_prefix(piece.size());
    return piece.size();
  };
  dns::ZoneSplitter splitter(source, errors);
  auto lines = entries(splitter, errors);
  for (const auto& error : errors.take()) lines += '\n' + error.where + ": " + error.message;
  return lines;
}

}  // namespace

TEST_CASE("a master file is split into entries") {
  struct Row {
    std::string text;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {"", ""},
      {"\n \n\t; comment\n", ""},
      {"a A 192.0.2.1", " a A 192.0.2.1\n"},
      {"a A 192.0.2.1\r\n\tTXT x\r\n", " a A 192.0.2.1\n_ TXT x\n"},
      {"a TXT \"x;y (z)\" ; c", " a TXT \"x;y (z)\"\n"},
      {"a TXT \"x\"\"y\"z", " a TXT \"x\" \"y\" z\n"},
      {"a TXT \"x\\\"y\" p\\;q", " a TXT \"x\\\"y\" p\\;q\n"},
      {"a TXT ( x ; one\n\n y\n) z\nb A 1", " a TXT x y z\n b A 1\n"},
      {"a(TXT(x)y)z", " a TXT x y z\n"},
      {"a TXT \"\"", " a TXT \"\"\n"},
      {"$TTL 5\n \\$x A 1", "$ $TTL 5\n_ \\$x A 1\n"},
      {"; !timeout a TXT\n  ;!servfail b ANY ; why", "! timeout a TXT\n!_ servfail b ANY\n"},
      {"; !!! beware\n;! x\n; !Note: this\n;", ""},
      {"a A 1 ; !timeout a A", " a A 1\n"},
      {"\xef\xbb\xbf$TTL 5", "$ $TTL 5\n"},
  }));
  INFO(row.text);
  CHECK(entries(row.text) == row.expected);
}

TEST_CASE("every bad place is told, with line and column") {
  struct Row {
    std::string text;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {"a TXT \"open\nb A 1\n",
       "z:1:7: this quote is not closed on its line\nz:2:5: \"1\": not an IPv4 address\n"},
      {"a TXT \"x\\\"", "z:1:7: this quote is not closed on its line\n"},
      {"a TXT (\n ( x )\n", "z:1:7: this parenthesis is never closed\n"},
      {"a TXT x )\nb A x",
       "z:1:9: this parenthesis was never opened\nz:2:5: \"x\": not an IPv4 address\n"},
      {std::string("a TXT x\0y", 9), "z:1:8: a NUL octet; expected text (\\000 stands for it)\n"},
      {std::string("a TXT \"x\0y\"", 11),
       "z:1:9: a NUL octet; expected text (\\000 stands for it)\n"},
      {" A 192.0.2.1", "z:1:2: \"A\": no owner, and no record before it to take one from\n"},
      {"a", "z:1:1: no record type after the owner\n"},
      {"a 60 IN", "z:1:1: no record type after the owner\n"},
      {"a..b A 192.0.2.1", "z:1:1: \"a..b\": not a domain name\n"},
      {"a BOGUS x", "z:1:3: \"BOGUS\": not a record type\n"},
      {"a ANY x", "z:1:3: \"ANY\": not a class we answer for; expected IN\n"},
      {"a IN ANY x", "z:1:6: \"ANY\": not a record type\n"},
      {"a TYPE41 \\# 0", "z:1:3: \"TYPE41\": not a record type\n"},
      {"a TYPE65536 \\# 0", "z:1:3: \"TYPE65536\": not a record type\n"},
      {"a CH A 192.0.2.1", "z:1:3: \"CH\": not a class we answer for; expected IN\n"},
      {"a 2147483648 A 192.0.2.1",
       "z:1:3: \"2147483648\": not a TTL; expected seconds up to 2147483647\n"},
      {"a 1x A 192.0.2.1", "z:1:3: \"1x\": not a TTL; expected seconds up to 2147483647\n"},
      {"a A", "z:1:3: a field is missing; expected an IPv4 address\n"},
      {"a A 192.0.2.01", "z:1:5: \"192.0.2.01\": not an IPv4 address\n"},
      {"a A 192.0.2.1 x", "z:1:15: \"x\": one field too many\n"},
      {"a AAAA 192.0.2.1", "z:1:8: \"192.0.2.1\": not an IPv6 address\n"},
      {"a MX 65536 b", "z:1:6: \"65536\": not a preference, a number from 0 to 65535\n"},
      {"a MX 10", "z:1:3: a field is missing; expected a mail exchanger\n"},
      {"a MX 10 b..c", "z:1:9: \"b..c\": not a domain name; expected a mail exchanger\n"},
      {"a TXT", "z:1:3: a field is missing; expected a text in quotes\n"},
      {"a TXT \\256", "z:1:7: \"\\\\256\": a bad escape; expected \\ and three digits up to 255\n"},
      {"a TXT x \\", "z:1:9: \"\\\\\": a bad escape; expected \\ and three digits up to 255\n"},
      {"a TXT \"" + std::string(256, 'x') + '"',
       "z:1:7: \"" + std::string(80, 'x') +
           "\"...: a string of 256 octets; one holds at most 255\n"},
      {"a TYPE65280 \\# 2 abc",
       "z:1:16: \"2\": the length does not agree with the 3 hexadecimal digits after it\n"},
      {"a TYPE65280 \\# 1 xy", "z:1:18: \"xy\": not hexadecimal\n"},
      {"a TYPE65280 1", "z:1:13: this type has no text form here; expected \\# LENGTH HEX\n"},
      {"a WKS 192.0.2.1 tcp smtp",
       "z:1:7: this type has no text form here; expected \\# LENGTH HEX\n"},
      {"a A \\# 3 c00002", "z:1:5: \"\\\\#\": not the data of a A record\n"},
      {"a SRV 0 0 x b", "z:1:11: \"x\": not a port, a number from 0 to 65535\n"},
      {"a CAA 0 issue", "z:1:7: not the fields of a CAA record\n"},
      {"$INCLUDE x\n$GENERATE 1-9 a A 192.0.2.$",
       "z:1:1: \"$INCLUDE\": refused; expected a file that holds all its records itself\n"
       "z:2:1: \"$GENERATE\": refused; expected a file that holds all its records itself\n"},
      {"$ORIGIN", "z:1:1: \"$ORIGIN\": a field is missing; expected $ORIGIN NAME\n"},
      {"$TTL 1 2", "z:1:8: \"2\": one field too many; expected $TTL SECONDS\n"},
      {"$TTL soon", "z:1:6: \"soon\": not a TTL; expected seconds up to 2147483647\n"},
      {"$FOO", "z:1:1: \"$FOO\": unknown directive; expected $ORIGIN or $TTL\n"},
      {"; !timout a TXT",
       "z:1:4: \"timout\": unknown directive; expected timeout, servfail, nodata or nxdomain\n"},
      {"; !timeout a", "z:1:4: \"timeout\": a field is missing; expected !timeout NAME TYPE|ANY\n"},
      {"; !timeout a..b TXT", "z:1:12: \"a..b\": not a domain name\n"},
      {"; !timeout a FOO", "z:1:14: \"FOO\": not a record type or ANY\n"},
      {"; !timeout a TXT refused",
       "z:1:18: \"refused\": one field too many; expected !timeout NAME TYPE|ANY\n"},
      {"; !servfail a TXT later",
       "z:1:19: \"later\": not a reason; expected one of timeout, servfail, refused, malformed, "
       "unreachable, alias-loop, too-many, cancelled\n"},
      {"a TXT (\n; !timeout a TXT\n)",
       "z:2:3: a directive inside parentheses; expected a line of its own\n"},
  }));
  INFO(row.text);
  CHECK(complaints(row.text) == row.expected);
}

TEST_CASE("a record's text has a limit") {
  constexpr auto kLimit = limits::kZoneRecord;
  std::string head = "a TXT ( \"x\"";
  auto of_size = [&](std::size_t size) {
    return head + std::string(size - head.size() - 3, ' ') + "\"y\")\nb A 192.0.2.1\n";
  };
  CHECK(complaints(of_size(kLimit - 1)).empty());
  CHECK(complaints(of_size(kLimit)).empty());
  CHECK(complaints(of_size(kLimit + 1)) ==
        "z:1:1: a record longer than the limit of 131072 octets\n");
  CHECK(complaints(';' + std::string(2 * kLimit, '(')).empty());
}

TEST_CASE("a text that is read as it is needed is split as the whole one is") {
  std::string text = "\xef\xbb\xbf; begins\n";
  for (std::size_t i = 0; text.size() < 3U << 20; ++i) {
    auto number = std::to_string(i);
    text += "h" + number + " TXT ( \"" + std::string(i * 37 % 4000, 'x') +
            "\"\n ; more\n y )\n A 192.0.2.1\n";
    if (i % 50 == 0) text += "big TXT (" + std::string(limits::kZoneRecord - 20, ' ') + "x\n)\n";
    if (i % 70 == 0) text += ";" + std::string(limits::kZoneRecord, 'c') + '\n';
  }
  auto whole = entries(text);
  CHECK(whole.size() > 500'000);
  CHECK((streamed(text) == whole));
  CHECK(streamed("a A 192.0.2.1") == " a A 192.0.2.1\n");
  CHECK(streamed("").empty());
}

TEST_CASE(
    "a line or record beyond what is held of a text is a bad place, and the next one is found") {
  struct Row {
    std::string start;
    std::string end;
    std::string place;
  };

  auto row = GENERATE(values<Row>({{"b TXT ", "\n", "2:1"},
                                   {"", "\n", "2:1"},
                                   {"b TXT ( x\n", "\n)\n", "3:1"},
                                   {"b TXT ( x\n;", "\n)\n", "3:1"},
                                   {"b TXT ( x ;", "\n", "2:1"},
                                   {"b TXT x ;", "\n", "2:1"},
                                   {";", "\n", ""},
                                   {"; !timeout ", "\n", ""}}));
  auto size = GENERATE(std::size_t{200} << 10U, std::size_t{300} << 10U, std::size_t{3} << 20U);
  auto before = GENERATE(std::size_t{0}, std::size_t{900} << 10U);
  INFO(row.start << ' ' << size << ' ' << before);
  std::string text = std::string(before, ' ') + "a A 192.0.2.1\n" + row.start;
  text += std::string(size, 'x') + row.end + "c A 192.0.2.2\n";
  if (before > 0) text.replace(0, 1, ";").replace(before - 1, 1, "\n");
  auto line = [&](std::size_t at) { return std::to_string(at + (before > 0 ? 1 : 0)); };
  auto place = row.place.empty()
                   ? ""
                   : line(static_cast<std::size_t>(row.place[0] - '0')) + row.place.substr(1);
  auto said = place.empty()
                  ? ""
                  : "errors\nz:" + place + ": a record longer than the limit of 131072 octets";
  CHECK(streamed(text) == " a A 192.0.2.1\n c A 192.0.2.2\n" + said);
  auto whole = streamed(text);
  CHECK(entries(text) == whole.substr(0, whole.find("\nz:")));
}

TEST_CASE("what zone files hold has a limit, and what is over it is said") {
  std::string text = "$ORIGIN e.\n";
  for (int i = 0; i < 5000; ++i)
    text += 'h' + std::to_string(i) + " TXT \"a text of some length\"\n";
  auto errors_with = [&](std::size_t most) {
    dns::ZoneData zone(most);
    dns::ZoneErrors errors("z");
    dns::ZoneSplitter splitter(text, errors);
    read_zone(splitter, zone, errors);
    return errors.take();
  };
  dns::ZoneData zone;
  dns::ZoneErrors errors("z");
  dns::ZoneSplitter splitter(text, errors);
  read_zone(splitter, zone, errors);
  CHECK(zone.most() == limits::kZoneData);
  CHECK(errors_with(zone.octets() + 1).empty());
  CHECK(errors_with(zone.octets()).empty());
  auto said = errors_with(zone.octets() - 1);
  REQUIRE(said.size() == 1);
  CHECK(said[0].message.find("MiB that zone files may") != std::string::npos);
}

TEST_CASE("complaints are counted when there are too many") {
  std::string text;
  for (std::size_t i = 0; i < limits::kMessagesPerInput; ++i) text += "$X\n";
  auto errors = ZoneResolver::from_text(text, "z").error();
  CHECK(errors.size() == limits::kMessagesPerInput);
  errors = ZoneResolver::from_text(text + "$X\n$X\n", "z").error();
  REQUIRE(errors.size() == limits::kMessagesPerInput + 1);
  CHECK(errors.back().where == "z");
  CHECK(errors.back().message == "and 2 more errors, not shown");
}
