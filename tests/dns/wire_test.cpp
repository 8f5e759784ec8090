#include "dns/wire.hpp"

#include <catch2/catch.hpp>

#include "dns/message.hpp"

using namespace mailtrust::dns;
using namespace mailtrust::dns::test;
using Kind = wire::Response::Kind;

namespace {

const Question kTxt{name("example.org"), Type::txt};
const Question kMx{name("example.org"), Type::mx};

struct Row {
  std::string what;
  Message message;
  Kind kind;
  Status status;
  Failure failure;
};

Row found(std::string what, Message message) {
  return {std::move(what), std::move(message), Kind::answered, Status::found, Failure::none};
}

Row failure(std::string what, Message message, Failure failure = Failure::malformed) {
  return {std::move(what), std::move(message), Kind::failed, Status::failed, failure};
}

std::string spf_record(const std::string& owner = kQuestionName) {
  return record(owner, Type::txt, text("v=spf1 -all"));
}

std::string cname(const std::string& owner, std::string_view target, std::uint32_t ttl = 300) {
  return record(owner, Type::cname, octets_of(target), ttl);
}

std::string chain_link(int number) {
  return "c" + std::to_string(number) + ".example.org";
}

// example.org -> c1 -> c2 ... of so many CNAMEs, and a record at the end.
Message chain(int length) {
  Message message(kTxt);
  message.answer(cname(kQuestionName, chain_link(1)));
  for (int i = 1; i < length; ++i)
    message.answer(cname(octets_of(chain_link(i)), chain_link(i + 1)));
  return message.answer(spf_record(octets_of(chain_link(length))));
}

void check(const Row& row, const Question& question) {
  INFO(row.what);
  auto response = wire::decode(row.message.octets(), question);
  CHECK(static_cast<int>(response.kind) == static_cast<int>(row.kind));
  if (row.kind != Kind::answered && row.kind != Kind::failed) return;
  CHECK(to_string(response.answer.status) == to_string(row.status));
  CHECK(to_string(response.answer.failure) == to_string(row.failure));
  CHECK(response.answer.records.empty() == (row.status != Status::found));
}

}  // namespace

TEST_CASE("a question is encoded with RD and AD, OPT last") {
  auto octets = wire::encode(kTxt, 0xabcd, true);
  auto name = octets_of("example.org");
  CHECK(octets == std::string("\xab\xcd\x01\x20\x00\x01\x00\x00\x00\x00\x00\x01", 12) + name +
                      std::string("\x00\x10\x00\x01", 4) +
                      std::string("\x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00", 11));
  CHECK(wire::encode(kTxt, 0xabcd, false).size() == octets.size() - 11);
}

TEST_CASE("what is an answer, and what is none") {
  auto row = GENERATE(values<Row>({
      found("plain", Message(kTxt).answer(spf_record())),
      found("with OPT", Message(kTxt).answer(spf_record()).add(opt())),
      found("owner in other case", Message(kTxt).answer(spf_record(octets_of("EXAMPLE.org")))),
      found("a record of another name beside it",
            Message(kTxt).answer(spf_record()).answer(spf_record(octets_of("other.example")))),
      {"NXDOMAIN", Message(kTxt).rcode(3).authorize(soa("org")), Kind::answered, Status::nxdomain,
       Failure::none},
      {"no data", Message(kTxt).authorize(soa("example.org")), Kind::answered, Status::no_data,
       Failure::none},
      {"no data without SOA", Message(kTxt), Kind::answered, Status::no_data, Failure::none},
      failure("only a record of another name",
              Message(kTxt).answer(spf_record(octets_of("other.example")))),
      failure("only a record of another name, denied",
              Message(kTxt).answer(spf_record(octets_of("other.example"))).authorize(soa("org"))),
      failure("only a record of another name, NXDOMAIN",
              Message(kTxt).rcode(3).answer(spf_record(octets_of("other.example")))),
      failure("only a record of another type",
              Message(kTxt).answer(record(kQuestionName, Type::a, std::string(4, '\1')))),
      {"truncated", Message(kTxt).set(0x0200), Kind::truncated, Status::failed, Failure::none},
      {"FORMERR", Message(kTxt).rcode(1), Kind::no_edns, Status::failed, Failure::none},
      {"NOTIMP", Message(kTxt).rcode(4), Kind::no_edns, Status::failed, Failure::none},
      {"BADVERS", Message(kTxt).add(opt(1)), Kind::no_edns, Status::failed, Failure::none},
      failure("SERVFAIL", Message(kTxt).rcode(2), Failure::servfail),
      failure("REFUSED", Message(kTxt).rcode(5), Failure::refused),
      failure("NOTAUTH", Message(kTxt).rcode(9), Failure::servfail),
      failure("BADCOOKIE, rcode in OPT", Message(kTxt).rcode(7).add(opt(1)), Failure::servfail),
      failure("a query", Message(kTxt).clear(0x8000).answer(spf_record())),
      failure("another opcode", Message(kTxt).set(0x2800).answer(spf_record())),
      failure("another name in the question",
              Message({name("example.net"), Type::txt}).answer(spf_record())),
      failure("another type in the question", Message(kMx).answer(spf_record())),
      failure("no question", Message(kTxt).count(0, 0)),
      failure("fewer records than counted", Message(kTxt).answer(spf_record()).count(1, 2)),
      failure("more records than counted", Message(kTxt).answer(spf_record()).count(1, 0)),
      failure("class CH", Message(kTxt).answer(record(kQuestionName, Type::txt, text("x"), 1, 3))),
      failure("OPT among the answers", Message(kTxt).answer(opt())),
      failure("two OPT", Message(kTxt).add(opt()).add(opt())),
      failure("OPT with an owner", Message(kTxt).add(record(kQuestionName, Type::opt, ""))),
      failure("TXT of no strings", Message(kTxt).answer(record(kQuestionName, Type::txt, ""))),
      failure("TXT string too long",
              Message(kTxt).answer(record(kQuestionName, Type::txt, "\x05x"))),
      failure("NXDOMAIN with records", Message(kTxt).rcode(3).answer(spf_record())),
      failure("referral", Message(kTxt).clear(0x0080).authorize(
                              record(octets_of("org"), Type::ns, octets_of("ns.example")))),
  }));
  check(row, kTxt);
}

TEST_CASE("a class other than IN in the question is not our question") {
  Message message(kTxt);
  message.question.back() = '\x03';
  check(failure("class CH", message.answer(spf_record())), kTxt);
}

TEST_CASE("aliases are followed, whatever their order") {
  auto target = octets_of("target.example");
  auto row = GENERATE_COPY(values<Row>({
      found(
          "one",
          Message(kTxt).answer(cname(kQuestionName, "target.example")).answer(spf_record(target))),
      found(
          "target first",
          Message(kTxt).answer(spf_record(target)).answer(cname(kQuestionName, "target.example"))),
      found("the same CNAME twice", Message(kTxt)
                                        .answer(cname(kQuestionName, "target.example"))
                                        .answer(cname(kQuestionName, "Target.example"))
                                        .answer(spf_record(target))),
      found("eight", chain(8)),
      failure("nine", chain(9), Failure::alias_loop),
      failure("to itself", Message(kTxt).answer(cname(kQuestionName, "example.org")),
              Failure::alias_loop),
      failure("in a circle",
              Message(kTxt)
                  .answer(cname(kQuestionName, "target.example"))
                  .answer(cname(target, "example.org")),
              Failure::alias_loop),
      failure("two targets", Message(kTxt)
                                 .answer(cname(kQuestionName, "target.example"))
                                 .answer(cname(kQuestionName, "other.example"))
                                 .answer(spf_record(target))),
      {"no such name at the end",
       Message(kTxt).rcode(3).answer(cname(kQuestionName, "target.example")), Kind::answered,
       Status::nxdomain, Failure::none},
      {"no data at the end",
       Message(kTxt).answer(cname(kQuestionName, "target.example")).authorize(soa("example")),
       Kind::answered, Status::no_data, Failure::none},
      {"the end left out", Message(kTxt).answer(cname(kQuestionName, "target.example")),
       Kind::unfinished, Status::failed, Failure::none},
      {"the end left out, SOA of another zone",
       Message(kTxt).answer(cname(kQuestionName, "target.example")).authorize(soa("example.org")),
       Kind::unfinished, Status::failed, Failure::none},
      found("DNAME",
            Message(kTxt)
                .answer(record(octets_of("org"), Type::dname, target))
                .answer(spf_record(octets_of("example.target.example")))),
  }));
  check(row, kTxt);
}

TEST_CASE("aliases of earlier responses count") {
  std::vector<Record> followed;
  for (int i = 0; i < 7; ++i)
    followed.push_back({name(chain_link(i)), Type::cname, 60, octets_of(chain_link(i + 1))});
  Question end{name(chain_link(7)), Type::txt};

  auto eighth = wire::decode(Message(end)
                                 .answer(cname(kQuestionName, chain_link(8)))
                                 .answer(spf_record(octets_of(chain_link(8))))
                                 .octets(),
                             end, followed);
  CHECK(eighth.answer.status == Status::found);
  CHECK(eighth.answer.aliases.size() == 8);
  CHECK(eighth.answer.ttl == 60);

  auto back = wire::decode(Message(end).answer(cname(kQuestionName, chain_link(3))).octets(), end,
                           followed);
  CHECK(back.answer.failure == Failure::alias_loop);
}

TEST_CASE("RDATA must have the shape of its type") {
  struct Shape {
    std::string what;
    Type type;
    std::string data;
    bool good;
  };

  auto host = octets_of("mail.example");
  auto row = GENERATE_COPY(values<Shape>({
      {"A", Type::a, std::string(4, '\1'), true},
      {"A of 5", Type::a, std::string(5, '\1'), false},
      {"AAAA", Type::aaaa, std::string(16, '\1'), true},
      {"AAAA of 4", Type::aaaa, std::string(4, '\1'), false},
      {"MX", Type::mx, u16(10) + host, true},
      {"MX, compressed", Type::mx, u16(10) + "\4mail" + kQuestionName, true},
      {"MX without a name", Type::mx, u16(10), false},
      {"MX with more", Type::mx, u16(10) + host + "x", false},
      {"NS", Type::ns, host, true},
      {"PTR, compressed", Type::ptr, kQuestionName, true},
      {"PTR, pointing at itself", Type::ptr, "\xc0\x29", false},
      {"PTR, pointing forward", Type::ptr, "\xc0\xff", false},
      {"PTR, pointing into the header", Type::ptr, std::string("\xc0\x00", 2), false},
      {"PTR, a label type of old", Type::ptr, "\x41x", false},
      {"SRV", Type::srv, u16(0) + u16(0) + u16(25) + host, true},
      {"SRV cut", Type::srv, u16(0) + u16(0), false},
      {"SOA cut", Type::soa, host + host + u32(1), false},
      {"unknown", static_cast<Type>(65280), "\xc0\x0c", true},
  }));
  INFO(row.what);
  Question question{name("example.org"), row.type};
  auto octets = Message(question).answer(record(kQuestionName, row.type, row.data)).octets();
  auto response = wire::decode(octets, question);
  CHECK((response.answer.status == Status::found) == row.good);
}

TEST_CASE("names inside RDATA come out uncompressed") {
  auto octets = Message(kMx)
                    .answer(record(kQuestionName, Type::mx, u16(10) + "\4mail" + kQuestionName))
                    .octets();
  auto answer = wire::decode(octets, kMx).answer;
  REQUIRE(answer.records.size() == 1);
  CHECK(decode_mx(answer.records[0])->exchange == name("mail.example.org"));
}

TEST_CASE("equal records are one") {
  auto answer =
      wire::decode(Message(kTxt).answer(spf_record()).answer(spf_record()).octets(), kTxt).answer;
  CHECK(answer.records.size() == 1);
}

TEST_CASE("how long an answer may be kept") {
  struct Keep {
    std::string what;
    Message message;
    std::uint32_t ttl;
  };

  auto row = GENERATE(values<Keep>({
      {"the least of its records",
       Message(kTxt)
           .answer(record(kQuestionName, Type::txt, text("a"), 90))
           .answer(record(kQuestionName, Type::txt, text("b"), 80)),
       80},
      {"an alias may be shorter",
       Message(kTxt)
           .answer(cname(kQuestionName, "target.example", 7))
           .answer(spf_record(octets_of("target.example"))),
       7},
      {"the top bit makes it zero",
       Message(kTxt).answer(record(kQuestionName, Type::txt, text("a"), 0x80000000)), 0},
      {"2^31-1 is the most",
       Message(kTxt).answer(record(kQuestionName, Type::txt, text("a"), 0x7fffffff)), 0x7fffffff},
      {"negative: MINIMUM", Message(kTxt).rcode(3).authorize(soa("org", 600, 30)), 30},
      {"negative: TTL of the SOA", Message(kTxt).rcode(3).authorize(soa("org", 20, 900)), 20},
      {"negative: at most three hours", Message(kTxt).rcode(3).authorize(soa("org", 86400, 86400)),
       10800},
      {"negative: no SOA", Message(kTxt).rcode(3), 0},
      {"negative: SOA of another place", Message(kTxt).rcode(3).authorize(soa("com")), 0},
  }));
  INFO(row.what);
  CHECK(wire::decode(row.message.octets(), kTxt).answer.ttl == row.ttl);
}

TEST_CASE("AD is reported") {
  CHECK(
      wire::decode(Message(kTxt).set(0x0020).answer(spf_record()).octets(), kTxt).answer.authentic);
  CHECK(!wire::decode(Message(kTxt).answer(spf_record()).octets(), kTxt).answer.authentic);
}

TEST_CASE("every prefix of an answer and every changed octet is survived") {
  auto octets = chain(3).add(opt()).octets();
  for (std::size_t size = 0; size < octets.size(); ++size)
    CHECK(wire::decode(octets.substr(0, size), kTxt).kind != Kind::answered);
  for (std::size_t at = 0; at < octets.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      auto changed = octets;
      changed[at] = static_cast<char>(value);
      auto answer = wire::decode(changed, kTxt).answer;
      if (answer.records.empty() == (answer.status == Status::found)) FAIL("at " << at);
    }
  }
}

TEST_CASE("a message of pointers is read in linear time") {
  // Each pointer leads to the one before it, every record to the last.
  Question question{name("example.org"), Type::ptr};
  std::string data;
  auto base = 12 + question.name.wire().size() + 4 + 12;
  data += "\xc0\x0c";
  for (unsigned i = 1; i < 7000; ++i) data += u16(0xc000 | static_cast<unsigned>(base + 2 * i - 2));
  auto last = u16(0xc000 | static_cast<unsigned>(base + 2 * 6999));
  Message message(question);
  message.answer(record(kQuestionName, static_cast<Type>(65280), data));
  for (int i = 0; i < 3000; ++i) message.answer(record(last, Type::ptr, "\xc0\x0c"));
  CHECK(wire::decode(message.octets(), question).answer.failure == Failure::malformed);
}
