// Every format, read back, is the list again; what a format cannot say is refused; comments stay
// where they belong.
#include "list/export.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "base/escape.hpp"
#include "list/export_readers.hpp"

using namespace mailtrust;
using namespace mailtrust::list;
using test::Meaning;

namespace {

Stored stored(std::string_view spelled, std::string comment = {}) {
  Stored out;
  out.entry = Entry::parse(spelled).value();
  out.comment = std::move(comment);
  return out;
}

const Format& format_of(std::string_view name) {
  const auto* format = find_format(name);
  REQUIRE(format != nullptr);
  return *format;
}

Heading heading(Verdict verdict = Verdict::deny) {
  Heading out;
  out.name = "bad";
  out.set_name = "bad";
  out.verdict = verdict;
  return out;
}

std::string write(std::string_view format, const std::vector<Stored>& entries,
                  const Heading& head = heading()) {
  auto exporter = format_of(format).make(head);
  for (const auto& entry : entries)
    if (exporter->refuse(entry.entry).empty()) exporter->add(entry);
  return exporter->finish().value();
}

// What of the entries the format says it can hold.
Meaning sayable(std::string_view format, const std::vector<Stored>& entries, const Heading& head) {
  auto exporter = format_of(format).make(head);
  Meaning meaning;
  for (const auto& entry : entries)
    if (exporter->refuse(entry.entry).empty()) meaning.add(entry.entry);
  return meaning;
}

std::string random_block(std::mt19937& random) {
  auto number = [&](unsigned most) { return std::to_string(random() % most); };
  switch (random() % 6) {
    case 0: return "192.0.2." + number(256);
    case 1: return "192.0.2.0/" + std::to_string(20 + random() % 13);
    case 2: return "198.51." + number(4) + ".0/" + std::to_string(8 + random() % 25);
    case 3: {
      auto first = random() % 250;
      return "203.0.113." + std::to_string(first) + "-203.0.113." +
             std::to_string(first + random() % (256 - first));
    }
    case 4: return "2001:db8::" + number(16) + "/" + std::to_string(112 + random() % 17);
    default: return "2001:db8::1-2001:db8::" + std::to_string(1 + random() % 99);
  }
}

std::vector<Stored> random_list(std::mt19937& random) {
  std::vector<Stored> entries;
  for (auto left = random() % 12; left > 0; --left)
    entries.push_back(stored(random_block(random), "because " + std::to_string(left)));
  entries.push_back(stored("user" + std::to_string(random() % 3) + "@example.org", "who"));
  if (random() % 2 == 0) entries.push_back(stored("@example.net", "they"));
  return entries;
}

}  // namespace

TEST_CASE("every format read back gives the list again") {
  std::mt19937 random(20240229);
  for (int round = 0; round < 200; ++round) {
    auto entries = random_list(random);
    auto head = heading(round % 2 == 0 ? Verdict::deny : Verdict::allow);
    for (const auto& format : formats()) {
      auto file = write(format.name, entries, head);
      INFO(format.name << '\n' << write("text", entries) << file);
      CHECK(test::read_back(format.name, file) == sayable(format.name, entries, head));
    }
  }
}

TEST_CASE("what a format cannot say is refused with what can") {
  struct Row {
    std::string format;
    std::string entry;
    std::string reason;
  };

  auto row = GENERATE(values<Row>({
      {"postfix", "192.0.2.1-192.0.2.9", ""},
      {"postfix", "u@example.org", "a cidr table cannot hold a mailbox; use --format postfix-hash"},
      {"postfix", "@example.org", "a cidr table cannot hold a domain; use --format postfix-hash"},
      {"postfix-hash", "192.0.2.1",
       "an access table for senders cannot hold an address; use --format postfix"},
      {"postfix-hash", "a#b@example.org",
       "an access table for senders would misread this local part"},
      {"postfix-hash", "\"a b\"@example.org",
       "an access table for senders would misread this local part"},
      {"exim-senders", "a'b@example.org", ""},
      {"exim-senders", "*x@example.org",
       "an lsearch file for senders would misread this local part"},
      {"postscreen", "@example.org", "a cidr table cannot hold a domain"},
      {"rspamd", "u@example.org", "an IP map cannot hold a mailbox; use --format rspamd-from"},
      {"rspamd-from", "u@example.org", ""},
      {"rspamd-from", "+u@example.org", ""},
      {"rspamd-from", "u+tag@example.org",
       "rspamd drops tags, and the dots of Google Mail, before it looks a sender up"},
      {"rspamd-from", "a.b@gmail.com",
       "rspamd drops tags, and the dots of Google Mail, before it looks a sender up"},
      {"rspamd-from", "a.b@example.org", ""},
      {"rspamd-from", "@googlemail.com",
       "rspamd drops tags, and the dots of Google Mail, before it looks a sender up"},
      {"spamassassin", "a*b@example.org", "SpamAssassin would misread this local part"},
      {"spamassassin", "192.0.2.0/25", ""},
      {"spamassassin", "2001:db8::/32",
       "SpamAssassin cannot deny IPv6 addresses by itself; use --format dnsxl and check_rbl"},
      {"nftables", "@example.org", "a set of addresses cannot hold a domain"},
      {"ipset", "u@example.org", "a set of addresses cannot hold a mailbox"},
      {"dnsxl", "@example.org", "a zone of addresses cannot hold a domain"},
      {"rbldnsd", "u@example.org", "a zone of addresses cannot hold a mailbox"},
      {"haproxy", "u@example.org", "a file of addresses cannot hold a mailbox"},
      {"nginx", "u@example.org", "an access list cannot hold a mailbox"},
      {"csv", "\"a b\"@example.org", ""},
  }));
  INFO(row.format << ' ' << row.entry);
  auto exporter = format_of(row.format).make(heading());
  CHECK(exporter->refuse(Entry::parse(row.entry).value()) == row.reason);
}

TEST_CASE("the first line that fits is that of the narrowest entry") {
  auto file =
      write("postfix", {stored("192.0.2.0/24", "net"), stored("192.0.2.4-192.0.2.8", "some"),
                        stored("192.0.2.5", "one"), stored("192.0.2.4/30", "four")});
  CHECK(file ==
        "# list bad, deny: 4 entries\n"
        "# smtpd_client_restrictions = check_client_access cidr:FILE\n"
        "# one\n192.0.2.5 REJECT\n"
        "# four\n192.0.2.4/30 REJECT\n"
        "# 192.0.2.4-192.0.2.8: some\n192.0.2.8 REJECT\n"
        "# net\n192.0.2.0/24 REJECT\n");
}

TEST_CASE("sets hold no overlaps, and both comments where entries become one") {
  auto file =
      write("nftables", {stored("192.0.2.1-192.0.2.9", "a"), stored("192.0.2.5-192.0.2.20", "b"),
                         stored("192.0.2.7", "inside"), stored("192.0.2.21", "beside")});
  CHECK(file.find("  192.0.2.1-192.0.2.20 comment \"a; b\",\n  192.0.2.21 comment \"beside\"\n}") !=
        std::string::npos);
}

TEST_CASE("an ipset takes every address by its halves") {
  auto file = write("ipset", {stored("0.0.0.0/0"), stored("::/0")});
  CHECK(file.find("add bad_v4_new 0.0.0.0/1\nadd bad_v4_new 128.0.0.0/1\n") != std::string::npos);
  CHECK(file.find("add bad_v6_new ::/1\nadd bad_v6_new 8000::/1\n") != std::string::npos);
}

TEST_CASE("an ipset has room for names of 24 characters") {
  auto head = heading();
  head.set_name = std::string(24, 'x');
  CHECK(format_of("ipset").make(head)->finish());
  head.set_name += 'x';
  auto file = format_of("ipset").make(head)->finish();
  REQUIRE(!file);
  CHECK(file.error().kind == Error::Kind::usage);
  CHECK(file.error().message ==
        "an ipset is called by at most 24 characters here; give a shorter name");
}

TEST_CASE("comments cannot leave their line, their quotes or the screen") {
  auto comment = GENERATE(values<std::string>({
      "two\nlines",
      "return\rhere",
      "\" } ; flush ruleset ; #",
      "'; drop",
      "back\\slash",
      "-exist",
      "\u202eevil",
      std::string("nul\0here", 8),
      "esc\x1b[2J",
      "\xff\xfe not text",
      "=1+1",
      std::string(100'000, 'x'),
      std::string(5000, '"'),
      "$(reboot) `id` %n",
  }));
  for (const auto& format : formats()) {
    auto entries = std::vector{stored("192.0.2.1", comment), stored("u@example.org", comment)};
    auto file = write(format.name, entries);
    INFO(format.name << ": " << quote(comment));
    auto head = heading();
    CHECK(test::read_back(format.name, file) == sayable(format.name, entries, head));
    CHECK(std::ranges::none_of(file,
                               [](unsigned char c) { return c < ' ' && c != '\n' && c != '\r'; }));
    CHECK((format.name == "csv" || file.find('\r') == std::string::npos));
    CHECK(escape_unsafe(file).find("\\u{202E}") == std::string::npos);
    for (auto line : test::lines_of(file)) CHECK((line.size() < 4000 || comment.size() > 4000));
  }
}

TEST_CASE("cells of CSV are no formulas, and can be had back") {
  struct Row {
    std::string comment;
    std::string cell;
  };

  auto row = GENERATE(values<Row>({
      {"plain", "\"plain\""},
      {"=1+1", "\"'=1+1\""},
      {"+1", "\"'+1\""},
      {"-1", "\"'-1\""},
      {"@x", "\"'@x\""},
      {" =1", "\"' =1\""},
      {"\t=1", "\"\\x09=1\""},
      {"'=1", "\"''=1\""},
      {"\uff1d1", "\"'\uff1d1\""},
      {"say \"hi\", twice", "\"say \"\"hi\"\", twice\""},
      {"a\nb", "\"a\\x0ab\""},
      {"a; =1;b", "\"a;' =1;b\""},
  }));
  CHECK(write("csv", {stored("192.0.2.1", row.comment)}) ==
        "entry,kind,comment,state,created,updated,expires,source\r\n"
        "\"192.0.2.1\",\"address\"," +
            row.cell + ",\"active\",\"\",\"\",\"\",\"\"\r\n");
}

TEST_CASE("CSV and JSON carry state, times and source") {
  auto entry = stored("@example.org", "why");
  entry.state = State::paused;
  entry.created = 951782400;
  entry.updated = 1709208000;
  entry.expires = 4102444799;
  entry.source = "spam.txt:7";
  CHECK(write("csv", {entry})
            .find("\"'@example.org\",\"domain\",\"why\",\"paused\",\"2000-02-29T00:00:00Z\","
                  "\"2024-02-29T12:00:00Z\",\"2099-12-31T23:59:59Z\",\"spam.txt:7\"\r\n") !=
        std::string::npos);
  CHECK(write("json", {entry}) ==
        "{\"schema\":1,\"list\":\"bad\",\"verdict\":\"deny\",\"entries\":[\n"
        "{\"entry\":\"@example.org\",\"comment\":\"why\",\"state\":\"paused\",\"kind\":\"domain\","
        "\"created\":\"2000-02-29T00:00:00Z\",\"updated\":\"2024-02-29T12:00:00Z\","
        "\"expires\":\"2099-12-31T23:59:59Z\",\"source\":\"spam.txt:7\"}\n]}\n");
}

TEST_CASE("only with tell do comments go to the sender") {
  auto head = heading();
  std::vector entries{stored("192.0.2.1", "seen \u00fc in May"), stored("198.51.100.1")};
  CHECK(write("postfix", entries, head).find("# seen \u00fc in May\n192.0.2.1 REJECT\n") !=
        std::string::npos);
  head.tell = true;
  CHECK(write("postfix", entries, head)
            .find("\n192.0.2.1 REJECT seen ? in May\n198.51.100.1 REJECT\n") != std::string::npos);
  head.verdict = Verdict::allow;
  CHECK(write("postfix", entries, head).find("\n192.0.2.1 OK\n") != std::string::npos);
}

TEST_CASE("an exclusive list denies all others where a file can say so") {
  auto head = heading(Verdict::allow);
  head.exclusive = true;
  CHECK(write("nginx", {stored("192.0.2.1")}, head) ==
        "# list bad, allow, exclusive: 1 entry\n"
        "# include FILE; in http, server or location\n"
        "allow 192.0.2.1;\n# all others\ndeny 0.0.0.0/0;\ndeny ::/0;\n");
  CHECK(write("postfix", {stored("::/0")}, head).ends_with("0.0.0.0/0 REJECT\n::/0 REJECT\n"));
  CHECK(write("postscreen", {}, head).find("reject") == std::string::npos);
  CHECK(write("exim", {stored("192.0.2.1")}, head).find("0/0") == std::string::npos);
}

TEST_CASE("a list without entries is a file without them") {
  for (const auto& format : formats()) {
    INFO(format.name);
    auto file = write(format.name, {});
    CHECK(test::read_back(format.name, file) == Meaning());
    CHECK(file == write(format.name, {}));
  }
}

TEST_CASE("set names are made of what is there") {
  struct Row {
    std::string from;
    std::string to;
  };

  auto row = GENERATE(values<Row>({
      {"bad", "bad"},
      {"/etc/lists/bad-senders.txt", "bad-senders"},
      {"2024 spam", "list_2024_spam"},
      {"-", "list"},
      {"...", "list"},
      {"a b;c", "a_b_c"},
      {"_x", "x"},
  }));
  CHECK(set_name_of(row.from) == row.to);
}

TEST_CASE("zones are told apart by all but their serial") {
  auto head = heading();
  head.serial = 7;
  auto a = write("dnsxl", {stored("192.0.2.1", "5 ; serial")}, head);
  head.serial = 4294967295;
  auto b = write("dnsxl", {stored("192.0.2.1", "5 ; serial")}, head);
  auto c = write("dnsxl", {stored("192.0.2.1", "6 ; serial")}, head);
  CHECK(serial_in(a) == 7U);
  CHECK(serial_in(b) == 4294967295U);
  CHECK(same_but_serial(a, b));
  CHECK_FALSE(same_but_serial(b, c));
  CHECK_FALSE(serial_in("nothing here"));
  CHECK(same_but_serial("x", "x"));
  CHECK_FALSE(same_but_serial("x", "y"));
}
