#include "dns/transfer.hpp"

#include <catch2/catch.hpp>

#include "dns/message.hpp"
#include "dns/wire_writer.hpp"

using namespace mailtrust;
using namespace mailtrust::dns;
using namespace mailtrust::dns::test;

namespace {

std::string soa_data(std::uint32_t serial) {
  return octets_of("ns.example") + octets_of("hostmaster.example") + u32(serial) + u32(1) + u32(2) +
         u32(3) + u32(4);
}

/// One message after the other, from the words "soa1", "a", "outside", "chaos", "txt", "broken".
std::string message_of(const std::vector<std::string>& words) {
  wire::Writer writer(1, 0x8400);
  writer.question(name("bl.example"), static_cast<Type>(252), 1);
  auto put = [&](std::string_view owner, Type type, const std::string& data, std::uint16_t in = 1) {
    writer.record(wire::Section::answer, name(owner), type, in, 300, data);
  };
  for (const auto& word : words) {
    if (word == "soa1") put("bl.example", Type::soa, soa_data(1));
    if (word == "soa2") put("bl.example", Type::soa, soa_data(2));
    if (word == "a") put("1.2.0.192.bl.example", Type::a, u32(0x7f000002));
    if (word == "txt") put("1.2.0.192.BL.example", Type::txt, text("why"));
    if (word == "outside") put("www.example", Type::a, u32(1));
    if (word == "chaos") put("www.bl.example", Type::a, u32(1), 3);
    if (word == "broken") put("www.bl.example", Type::a, "abc");
  }
  return writer.message();
}

// "serial records", or what went wrong.
std::string transferred(const std::vector<std::vector<std::string>>& messages) {
  std::string seen;
  Transfer transfer(name("bl.example"), [&](const wire::RawRecord& record) -> Expected<void> {
    seen += ' ' + to_string(record.type);
    return {};
  });
  for (const auto& words : messages)
    if (auto taken = transfer.take(message_of(words)); !taken) {
      CHECK(taken.error().kind == Error::Kind::temporary);
      CHECK(taken.error().where == "bl.example");
      return taken.error().message;
    }
  if (!transfer.is_complete()) return "unfinished" + seen;
  return std::to_string(transfer.soa().serial) + seen;
}

}  // namespace

TEST_CASE("a transfer begins and ends with the SOA") {
  struct Row {
    std::vector<std::vector<std::string>> messages;
    std::string result;
  };

  auto row = GENERATE(values<Row>({
      {{{"soa1", "soa1"}}, "1"},
      {{{"soa1", "a", "txt", "soa1"}}, "1 A TXT"},
      {{{"soa1"}, {"a"}, {"txt"}, {"soa1"}}, "1 A TXT"},
      {{{"soa1", "a"}}, "unfinished A"},
      {{{"a", "soa1"}}, "the transfer has no SOA record"},
      {{{"soa1", "a", "soa2"}}, "the zone changed while it was transferred"},
      {{{"soa1", "soa1", "a"}}, "records follow after the end of the transfer"},
      {{{"soa1", "soa1"}, {"a"}}, "records follow after the end of the transfer"},
      {{{"soa1", "outside", "soa1"}}, "the transfer holds a record of another zone"},
      {{{"soa1", "chaos", "soa1"}}, "the transfer holds a record of another zone"},
      {{{"soa1", "broken", "soa1"}}, "the transfer holds a malformed record"},
      {{{"soa1"}, {}}, "a message of the transfer is empty"},
  }));
  CHECK(transferred(row.messages) == row.result);
}

TEST_CASE("a transfer of another zone is none of ours") {
  Transfer transfer(name("other.example"), [](const auto&) { return Expected<void>(); });
  auto taken = transfer.take(message_of({"soa1", "soa1"}));
  REQUIRE(!taken);
  CHECK(taken.error().message == "the transfer answers another question");
}

TEST_CASE("a transfer that does not end is ended") {
  Transfer transfer(name("bl.example"), [](const auto&) { return Expected<void>(); });
  REQUIRE(transfer.take(message_of({"soa1"})));
  wire::Writer writer(1, 0x8400);
  for (int i = 0; i < 60; ++i)
    writer.record(wire::Section::answer, name("x.bl.example"), static_cast<Type>(65280), 1, 1,
                  std::string(1000, 'x'));
  auto message = writer.message();
  Expected<void> taken;
  std::size_t octets = 0;
  while (taken && octets < (300U << 20)) {
    taken = transfer.take(message);
    octets += message.size();
  }
  REQUIRE(!taken);
  CHECK(taken.error().message == "the transfer is larger than 256 MiB");
  CHECK(octets > (256U << 20));
}

TEST_CASE("a cut message harms nobody") {
  auto whole = message_of({"soa1", "a", "txt", "soa1"});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Transfer transfer(name("bl.example"), [](const auto&) { return Expected<void>(); });
    CHECK(!transfer.take(whole.substr(0, size)));
  }
}

TEST_CASE("names are compressed to the question, and sections counted") {
  wire::Writer writer(0x0102, 0x2800);
  writer.question(name("bl.example"), Type::soa, 1);
  writer.record(wire::Section::authority, name("7.BL.example"), Type::a, 1, 300, u32(1));
  writer.record(wire::Section::authority, name("elsewhere"), Type::a, 255, 0, "");
  auto expected = std::string("\x01\x02\x28\x00\x00\x01\x00\x00\x00\x02\x00\x00", 12) +
                  octets_of("bl.example") + u16(6) + u16(1) +
                  "\x01"
                  "7" +
                  kQuestionName + u16(1) + u16(1) + u32(300) + u16(4) + u32(1) +
                  octets_of("elsewhere") + u16(1) + u16(255) + u32(0) + u16(0);
  CHECK(writer.message() == expected);
  CHECK(writer.size() == expected.size());
}
