#include "dns/recorder.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "dns/inquiry.hpp"
#include "dns/replay.hpp"
#include "dns/script.hpp"
#include "dns/zone_resolver.hpp"
#include "dns/zone_text.hpp"

using namespace mailtrust;
using namespace mailtrust::dns;
using namespace mailtrust::dns::test;
using namespace std::string_literals;

namespace {

const std::string kHead =
    "; recorded by mailtrust; --zone with this file answers the same again\n$ORIGIN .\n";

}  // namespace

TEST_CASE("every kind of answer is written down, and replays as it was") {
  struct Row {
    std::string what;
    std::string name;
    Type type;
    Answer answer;
    std::string lines;
  };

  auto failed = [](Failure failure) { return ended(Status::failed, failure); };
  std::vector<Record> nine;
  for (int i = 0; i < 8; ++i)
    nine.push_back(cname("c" + std::to_string(i), "c" + std::to_string(i + 1)));
  auto name = [](std::string_view text) { return std::string(spelled(text).wire()); };

  auto row = GENERATE_COPY(values<Row>({
      {"A, in the order received", "a.example", Type::a,
       found(Type::a, {"\xc0\x00\x02\x02"s, kAddress}),
       "a.example. 300 IN A 192.0.2.2\na.example. 300 IN A 192.0.2.1\n"},
      {"AAAA", "a.example", Type::aaaa,
       found(Type::aaaa, {"\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\1"}, 0),
       "a.example. 0 IN AAAA 2001:db8::1\n"},
      {"AAAA that holds an IPv4 address", "a", Type::aaaa,
       found(Type::aaaa, {std::string(10, '\0') + "\xff\xff" + kAddress}),
       "a. 300 IN AAAA ::ffff:192.0.2.1\n"},
      {"MX, null MX", "a", Type::mx,
       found(Type::mx, {"\0\x0a"s + name("Mx.Example"), "\0\0\0"s}, 0x7fffffff),
       "a. 2147483647 IN MX 10 Mx.Example.\na. 2147483647 IN MX 0 .\n"},
      {"TXT of several strings", "a", Type::txt, found(Type::txt, {strings({"one ", "", "two"})}),
       "a. 300 IN TXT \"one \" \"\" \"two\"\n"},
      {"hostile TXT", "a", Type::txt,
       found(Type::txt, {strings({"\"\nb A 192.0.2.1\r\n; !timeout a ANY\\\0\t\x7f\x80(\xff;"s})}),
       "a. 300 IN TXT "
       "\"\\\"\\010b A 192.0.2.1\\013\\010; !timeout a ANY\\\\\\000\\009\\127\\128(\\255;\"\n"},
      {"SPF", "a", Type::spf, found(Type::spf, {strings({"v=spf1 -all"})}),
       "a. 300 IN SPF \"v=spf1 -all\"\n"},
      {"PTR", "1.2.0.192.in-addr.arpa", Type::ptr, found(Type::ptr, {name("a"), name(".")}),
       "1.2.0.192.in-addr.arpa. 300 IN PTR a.\n1.2.0.192.in-addr.arpa. 300 IN PTR .\n"},
      {"NS", "a", Type::ns, found(Type::ns, {name("n\\010s.a")}), "a. 300 IN NS n\\010s.a.\n"},
      {"SRV", "a", Type::srv, found(Type::srv, {"\0\1\0\2\0\x19"s + name("b")}),
       "a. 300 IN SRV 1 2 25 b.\n"},
      {"SRV too short", "a", Type::srv, found(Type::srv, {"\0\1"s}), "a. 300 IN SRV \\# 2 0001\n"},
      {"DNAME", "a", Type::dname, found(Type::dname, {name("b")}), "a. 300 IN DNAME b.\n"},
      {"CNAME", "a", Type::cname, found(Type::cname, {name("B")}), "a. 300 IN CNAME B.\n"},
      {"SOA", "a", Type::soa, found(Type::soa, {"\0\0"s + std::string(20, '\1')}),
       "a. 300 IN SOA \\# 22 00000101010101010101010101010101010101010101\n"},
      {"CAA", "a", Type::caa, found(Type::caa, {"\0\5issueca"s}),
       "a. 300 IN CAA \\# 9 000569737375656361\n"},
      {"a type without a name", "a", kOddType, found(kOddType, {"", "\x0a\xff"s}),
       "a. 300 IN TYPE65280 \\# 0\na. 300 IN TYPE65280 \\# 2 0aff\n"},
      {"the root", ".", Type::a, found(Type::a, {kAddress}), ". 300 IN A 192.0.2.1\n"},
      {"a name of odd octets", "\\000\\010;\\\"\\.\\\\\\$\\@(\\)\\032\\255.*.*", Type::a,
       found(Type::a, {kAddress}),
       "\\000\\010\\;\\\"\\.\\\\\\$\\@\\(\\)\\032\\255.*.*. 300 IN A 192.0.2.1\n"},
      {"no data", "a.b", Type::a, ended(Status::no_data), "; !nodata a.b. A\n"},
      {"no such name", "a", Type::a, ended(Status::nxdomain), ""},
      {"timeout", "a\\010", Type::a, failed(Failure::timeout), "; !timeout a\\010. A\n"},
      {"servfail", "a", Type::a, failed(Failure::servfail), "; !servfail a. A\n"},
      {"refused", "a", kOddType, failed(Failure::refused), "; !servfail a. TYPE65280 refused\n"},
      {"malformed", "a", Type::mx, failed(Failure::malformed), "; !servfail a. MX malformed\n"},
      {"unreachable", "a", Type::a, failed(Failure::unreachable), "; !servfail a. A unreachable\n"},
      {"loop without aliases", "a", Type::a, failed(Failure::alias_loop),
       "; !servfail a. A alias-loop\n"},
      {"too many", "a", Type::a, failed(Failure::too_many), "; !servfail a. A too-many\n"},
      {"cancelled", "a", Type::cname, failed(Failure::cancelled),
       "; !servfail a. CNAME cancelled\n"},
      {"chain", "www.A", Type::a,
       behind({cname("www.a", "B", 5), cname("b", "c.")}, found(Type::a, {kAddress}, 7)),
       "www.a. 5 IN CNAME B.\nb. 60 IN CNAME c.\nc. 7 IN A 192.0.2.1\n"},
      {"chain to no data", "a", Type::a, behind({cname("a", "b.c")}, ended(Status::no_data)),
       "a. 60 IN CNAME b.c.\n; !nodata b.c. A\n"},
      {"chain to nowhere", "a", Type::a, behind({cname("a", "b")}, ended(Status::nxdomain)),
       "a. 60 IN CNAME b.\n"},
      {"chain to nowhere above a name", "x.a", Type::a,
       behind({cname("x.a", "a")}, ended(Status::nxdomain)),
       "; !nxdomain a. A\nx.a. 60 IN CNAME a.\n"},
      {"chain to a failure", "a", Type::a, behind({cname("a", "b")}, failed(Failure::refused)),
       "a. 60 IN CNAME b.\n; !servfail b. A refused\n"},
      {"chain to a loop", "a", Type::a, behind({cname("a", "b")}, failed(Failure::alias_loop)),
       "a. 60 IN CNAME b.\n; !servfail b. A alias-loop\n"},
      {"circle", "a", Type::a,
       behind({cname("a", "b"), cname("b", "A")}, failed(Failure::alias_loop)),
       "a. 60 IN CNAME b.\nb. 60 IN CNAME A.\n"},
      {"chain too long", "c0", Type::a, behind(nine, failed(Failure::alias_loop)),
       "c0. 60 IN CNAME c1.\nc1. 60 IN CNAME c2.\nc2. 60 IN CNAME c3.\nc3. 60 IN CNAME c4.\n"
       "c4. 60 IN CNAME c5.\nc5. 60 IN CNAME c6.\nc6. 60 IN CNAME c7.\nc7. 60 IN CNAME c8.\n"
       "; !servfail c8. A alias-loop\n"},
      {"the longest chain", "c0", Type::a, behind(nine, found(Type::a, {kAddress})),
       "c0. 60 IN CNAME c1.\nc1. 60 IN CNAME c2.\nc2. 60 IN CNAME c3.\nc3. 60 IN CNAME c4.\n"
       "c4. 60 IN CNAME c5.\nc5. 60 IN CNAME c6.\nc6. 60 IN CNAME c7.\nc7. 60 IN CNAME c8.\n"
       "c8. 300 IN A 192.0.2.1\n"},
  }));
  INFO(row.what);
  Script script;
  Question question{spelled(row.name), row.type};
  script.say(question, row.answer);
  Recorder recorder(script);
  auto given = shown(*recorder.query(question));
  CHECK(given.starts_with(std::string(to_string(row.answer.status)) + ' ' +
                          std::string(to_string(row.answer.failure))));
  // Lines of a chain are told in its order here, and sorted there.
  auto sorted = [](std::string text) {
    std::ranges::sort(text);
    return text;
  };
  CHECK(sorted(recorder.text()) == sorted(kHead + row.lines));
  CHECK(script.asked == 1);
  check_replay(script, {question});
}

TEST_CASE("the first answer holds for the run") {
  Script script;
  script.say("a", Type::a, found(Type::a, {kAddress}));
  script.say("a", Type::a, ended(Status::failed, Failure::timeout));
  script.say("t", Type::a, ended(Status::failed, Failure::timeout));
  script.say("t", Type::a, found(Type::a, {kAddress}));
  Recorder recorder(script);
  for (int i = 0; i < 2; ++i) {
    CHECK(recorder.query({spelled("a"), Type::a})->status == Status::found);
    CHECK(recorder.query({spelled("t"), Type::a})->failure == Failure::timeout);
  }
  CHECK(script.asked == 2);
  CHECK(recorder.query({spelled("A"), Type::a})->canonical.wire() == "\1A\0"s);
  CHECK(script.asked == 2);
}

TEST_CASE("records that are no data of their type are no answer") {
  auto answer = GENERATE(values<Answer>({
      found(Type::a, {"\1\2\3"}),
      found(Type::txt, {"\5ab"}),
      found(Type::mx, {"\0\1"s}),
      found(Type::a, {}),
      found(Type::txt, {std::string(kMaxCarried + 1, '\0')}),
      found(kOddType, {std::string(kMaxCarried + 1, 'x')}),
  }));
  auto type = answer.records.empty() ? Type::a : answer.records[0].type;
  Script script;
  script.say("a", type, answer);
  Recorder recorder(script);
  CHECK(recorder.query({spelled("a"), type})->failure == Failure::malformed);
  check_replay(script, {{spelled("a"), type}});
}

TEST_CASE(
    "the largest records that DNS can carry replay within the limit of a zone file's record") {
  auto long_name = std::string(63, '\1') + std::string(63, '\2') + std::string(63, '\3');
  std::string wire;
  for (auto size : {63, 63, 63, 61})
    wire += static_cast<char>(size) + std::string(static_cast<std::size_t>(size), '\x07');
  Question plain{spelled("a.example"), Type::txt};
  Question odd{*Name::from_wire(wire + '\0'), Type::txt};
  Question other{odd.name, static_cast<Type>(65535)};
  std::string binary;
  while (binary.size() + 256 <= kMaxCarried) binary += '\xff' + std::string(255, '\x80');
  std::string letters = binary;
  std::ranges::replace(letters, '\x80', 'x');
  Script script;
  script.say(plain, found(Type::txt, {binary, letters, strings({"small"})}, 0x7fffffff));
  script.say(odd, found(Type::txt, {binary}, 0x7fffffff));
  script.say(other, found(other.type, {std::string(kMaxCarried, 'y')}, 0x7fffffff));
  script.say({Name(), other.type}, found(other.type, {std::string(kMaxCarried, 'z')}, 0x7fffffff));
  script.say("z", Type::a, found(Type::a, {kAddress}));
  check_replay(script, {plain, odd, other, {Name(), other.type}, {spelled("z"), Type::a}});
  Recorder recorder(script);
  recorder.query(plain);
  CHECK(recorder.text().find(" IN TXT \\# 65280 ff80") != std::string::npos);
  CHECK(recorder.text().find(" IN TXT \"xxx") != std::string::npos);
}

TEST_CASE("lines stand in canonical order, however the answers came") {
  Script script;
  std::vector<Question> questions;
  for (auto name : {"example", "a.example", "yljkjljk.a.example", "Z.a.example", "zABC.a.EXAMPLE",
                    "z.example", "\\001.z.example", "*.z.example", "\\200.z.example", "."})
    for (auto type : {Type::a, Type::txt}) {
      questions.push_back({spelled(name), type});
      script.say(questions.back(), type == Type::a ? found(Type::a, {kAddress})
                                                   : ended(Status::failed, Failure::timeout));
    }
  std::string first;
  std::mt19937 random(1);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(questions.begin(), questions.end(), random);
    Recorder recorder(script);
    for (const auto& question : questions) recorder.query(question);
    if (first.empty()) first = recorder.text();
    CHECK(recorder.text() == first);
  }
  std::string names;
  for (std::size_t at = 0; (at = first.find("!timeout ", at)) != std::string::npos; ++at)
    names += first.substr(at + 9, first.find(' ', at + 9) - at - 9) + '\n';
  // The example of RFC 4034 section 6.1.
  CHECK(names ==
        ".\nexample.\na.example.\nyljkjljk.a.example.\nz.a.example.\nzabc.a.example.\n"
        "z.example.\n\\001.z.example.\n*.z.example.\n\\200.z.example.\n");
}

TEST_CASE("what no zone can hold is passed on and not recorded") {
  Script script;
  Recorder recorder(script);
  recorder.query({spelled("a"), Type::any});
  recorder.query({spelled("a"), Type::any});
  CHECK(script.asked == 2);
  CHECK(recorder.text() == kHead);
  std::vector<Question> questions(3);
  recorder.prefetch(questions);
  CHECK(script.prefetched == 3);
}

TEST_CASE("a question that ran out of time is not absent in the replay") {
  Script script;
  script.say("answered", Type::a, found(Type::a, {kAddress}));
  script.say("c", Type::a, behind({cname("c", "end")}, found(Type::a, {kAddress})));
  Recorder recorder(script);
  Inquiry late(recorder, 10, Inquiry::Clock::now() - std::chrono::seconds(1));
  for (auto name : {"late", "answered", "c"})
    CHECK(late.query({spelled(name), Type::a})->failure == Failure::timeout);
  late.query({spelled("c"), Type::mx});
  late.query({spelled("end"), Type::mx});
  CHECK(recorder.query({spelled("answered"), Type::a})->status == Status::found);
  CHECK(recorder.query({spelled("c"), Type::a})->status == Status::found);
  CHECK(recorder.text() == kHead +
                               "answered. 300 IN A 192.0.2.1\nc. 60 IN CNAME end.\n"
                               "end. 300 IN A 192.0.2.1\n; !timeout end. MX\n; !timeout late. A\n");
}

TEST_CASE("a recording is saved whole or not at all") {
  std::string folder = (std::filesystem::temp_directory_path() / "mailtrust-rec-XXXXXX").string();
  REQUIRE(::mkdtemp(folder.data()) != nullptr);
  Script script;
  script.say("a", Type::a, found(Type::a, {kAddress}));
  Recorder recorder(script);
  recorder.query({spelled("a"), Type::a});
  auto path = folder + "/zone";
  CHECK(!recorder.save(path));
  std::ifstream file(path);
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == recorder.text());
  auto loaded = ZoneResolver::load(std::vector{path});
  REQUIRE(loaded);
  CHECK((*loaded)->query({spelled("a"), Type::a})->status == Status::found);

  auto refused = recorder.save("-");
  REQUIRE(refused);
  CHECK(refused->kind == Error::Kind::usage);
  CHECK(refused->message == "standard output is for the answers; expected the name of a file");
  refused = recorder.save(folder + "/none/zone");
  REQUIRE(refused);
  CHECK(refused->kind == Error::Kind::temporary);
  CHECK(refused->where == folder + "/none/zone");
  std::filesystem::remove_all(folder);
}
