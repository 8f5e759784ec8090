#include "delivery/suppression.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "list/line.hpp"

using namespace mailtrust;
using bounce::Reason;
using delivery::EvidenceTable;

namespace {

constexpr std::int64_t kTime = 1'700'438'400;  // 2023-11-20

void fail_hard(EvidenceTable& table, const std::string& address, std::string_view reply,
               std::int64_t time = kTime) {
  auto& evidence = *table.at(address);
  evidence.fail(evidence.hard, time, Reason::bad_mailbox, "general.user-unknown", reply);
}

constexpr std::string_view kAnn =
    "ann@example.net;hard 2023-11-20, bad_mailbox, once, rule general.user-unknown: 550 no\n";

}  // namespace

TEST_CASE("a new file has a heading, and lines that a list takes") {
  EvidenceTable table;
  fail_hard(table, "bob@example.net", "550 no");
  fail_hard(table, "ann@example.net", "550 no");
  auto list = delivery::suppress("", table, 4);
  CHECK(list.octets.starts_with("# "));
  CHECK(list.octets.find(kAnn) < list.octets.find("bob@example.net;hard 2023-11-20"));
  CHECK(list.added == std::vector<std::string>{"ann@example.net", "bob@example.net"});
}

TEST_CASE("what a file holds stays, to the octet") {
  struct Row {
    std::string present;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {"# mine\n\nkeep@example.org;by hand\r\n",
       "# mine\n\nkeep@example.org;by hand\r\n" + std::string(kAnn)},
      {"keep@example.org;no line end", "keep@example.org;no line end\n" + std::string(kAnn)},
      {"Ann@Example.NET;asked to go\n", "Ann@Example.NET;asked to go\n"},
      {"this is no entry\n", "this is no entry\n" + std::string(kAnn)},
      {std::string(kAnn), std::string(kAnn)},
  }));
  EvidenceTable table;
  fail_hard(table, "ann@example.net", "550 no");
  auto list = delivery::suppress(row.present, table, 4);
  CHECK(list.octets == row.expected);
  CHECK(delivery::suppress(list.octets, table, 4).octets == row.expected);
  CHECK(list.removed.empty());
}

TEST_CASE("who takes mail again is taken out where we put it in, and left where others did") {
  EvidenceTable table;
  fail_hard(table, "ann@example.net", "550 no");
  fail_hard(table, "bob@example.net", "550 no");
  table.find("ann@example.net")->deliver(kTime + 60);
  table.find("bob@example.net")->deliver(kTime + 60);
  auto list = delivery::suppress(std::string(kAnn) + "bob@example.net;asked to go\n", table, 4);
  CHECK(list.octets == "bob@example.net;asked to go\n");
  CHECK(list.removed == std::vector<std::string>{"ann@example.net"});
  CHECK(list.cleared.size() == 2);
}

TEST_CASE("replies cannot break a line") {
  auto reply = GENERATE(std::string("550 a\r\nevil@example.org;b"), std::string("550 \x1b[31m red"),
                        std::string("550 \xff\xfe"), std::string("550 \xe2\x80\xae txt"),
                        std::string("\0", 1), std::string(1000, 'x'), std::string(";;<>"));
  EvidenceTable table;
  fail_hard(table, "ann@example.net", reply);
  auto list = delivery::suppress("# mine\n", table, 4);
  auto line = list.octets.substr(7, list.octets.size() - 8);
  INFO(line);
  auto read = list::read_line(line);
  REQUIRE(read.content == list::Line::Content::entry);
  CHECK(list::entry_of(read).name == "ann@example.net");
  CHECK(line.find('\n') == std::string::npos);
  CHECK(line.size() < 1000);
}

TEST_CASE("what is no mailbox a list can hold is left out and counted") {
  EvidenceTable table;
  for (auto address : {"postmaster", "a b@example.net", "@example.net", "x@", ""})
    fail_hard(table, address, "550 no");
  auto list = delivery::suppress("", table, 4);
  CHECK(list.added.empty());
  CHECK(list.unfit == 5);
}

TEST_CASE("soft failures of many weeks are told as such") {
  EvidenceTable table;
  auto& evidence = *table.at("ann@example.net");
  for (std::int64_t week = 0; week < 4; ++week)
    evidence.fail(evidence.soft, kTime + week * 604'800, Reason::mailbox_full, "general.full",
                  "452 full");
  auto list = delivery::suppress("", table, 4);
  CHECK(list.promoted == std::vector<std::string>{"ann@example.net"});
  CHECK(
      list.octets.ends_with("\nann@example.net;soft 2023-12-11, mailbox_full, 4 times since "
                            "2023-11-20, in 4 weeks, rule general.full: 452 full\n"));
  CHECK(delivery::suppress("", table, 5).added.empty());
}

TEST_CASE("a list is known by its lines") {
  CHECK(delivery::is_list(""));
  CHECK(delivery::is_list("# mine\n\n"));
  CHECK(delivery::is_list("# mine\nann@example.net;asked to go\nno entry\n"));
  CHECK(delivery::is_list("ann@example.net"));
  CHECK_FALSE(delivery::is_list("ann@example.net\nno entry\nnor this\n"));
  CHECK_FALSE(delivery::is_list("From: ann@example.net\n\nbody\n"));
  CHECK_FALSE(delivery::is_list(std::string("\0\x01 octets", 9)));
}
