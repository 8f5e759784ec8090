#include "dns/cares_resolver.hpp"

#include <atomic>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dns/scripted_server.hpp"

using namespace mailtrust;
using namespace mailtrust::dns;
using namespace mailtrust::dns::test;
using namespace std::chrono_literals;

namespace {

const Question kTxt{name("example.org"), Type::txt};
constexpr auto kTimeout = 600ms;
constexpr auto kSlack = 300ms;  // of a machine that is busy, with sanitizers

std::string spf_record(const std::string& owner = kQuestionName) {
  return record(owner, Type::txt, text("v=spf1 -all"));
}

std::string good(const Query& query) {
  return query.reply().answer(spf_record()).octets(query.id);
}

Reply say(std::string octets) {
  return {{std::move(octets)}};
}

// A port of loopback on which nobody listens.
Server closed_port() {
  ScriptedServer gone([](const Query&) { return Reply{}; });
  return gone.server();
}

CaresResolver::Options options(std::vector<Server> servers) {
  return {std::move(servers), kTimeout, 200};
}

struct Timed {
  AnswerPtr answer;
  std::chrono::milliseconds took;
};

Timed ask(CaresResolver& resolver, const Question& question = kTxt) {
  auto start = std::chrono::steady_clock::now();
  auto answer = resolver.query(question);
  auto took = std::chrono::steady_clock::now() - start;
  return {answer, std::chrono::duration_cast<std::chrono::milliseconds>(took)};
}

std::string link(int number) {
  return "c" + std::to_string(number) + ".example.org";
}

// example.org -> c1 -> c2 ... -> c<length>, told one CNAME in each response.
ScriptedServer::Script chain_of(int length) {
  return [length](const Query& query) {
    auto owner = to_string(query.question.name);
    int number = owner == "example.org" ? 0 : std::stoi(owner.substr(1));
    auto message = query.reply();
    if (number == length) return say(message.answer(spf_record()).octets(query.id));
    message.answer(record(kQuestionName, Type::cname, octets_of(link(number + 1))));
    return say(message.octets(query.id));
  };
}

struct Row {
  std::string what;
  ScriptedServer::Script script;
  Status status;
  Failure failure = Failure::none;
  ScriptedServer::Tcp tcp = ScriptedServer::Tcp::open;
};

void check(const Row& row) {
  INFO(row.what);
  ScriptedServer server(row.script, row.tcp);
  CaresResolver resolver(options({server.server()}));
  auto [answer, took] = ask(resolver);
  CHECK(to_string(answer->status) == to_string(row.status));
  CHECK(to_string(answer->failure) == to_string(row.failure));
  CHECK(answer->records.empty() == (row.status != Status::found));
  CHECK(took < kTimeout + kSlack);
}

Reply truncated_or(const Query& query, Reply over_tcp) {
  if (query.tcp) return over_tcp;
  return say(query.reply().set(0x0200).octets(query.id));
}

}  // namespace

TEST_CASE("what a server says becomes an answer, or could not tell in time") {
  using Tcp = ScriptedServer::Tcp;
  auto row = GENERATE(values<Row>({
      {"the truth", [](const Query& q) { return say(good(q)); }, Status::found},
      {"NXDOMAIN", [](const Query& q) { return say(q.reply().rcode(3).octets(q.id)); },
       Status::nxdomain},
      {"no data", [](const Query& q) { return say(q.reply().octets(q.id)); }, Status::no_data},
      {"lies before the truth",
       [](const Query& q) {
         auto lie = q.reply().answer(record(kQuestionName, Type::txt, text("lie")));
         auto other = Message({name("other.example"), Type::txt});
         return Reply{{"", "junk", lie.octets(q.id ^ 1), other.octets(q.id), good(q)}};
       },
       Status::found},
      {"SERVFAIL", [](const Query& q) { return say(q.reply().rcode(2).octets(q.id)); },
       Status::failed, Failure::servfail},
      {"REFUSED", [](const Query& q) { return say(q.reply().rcode(5).octets(q.id)); },
       Status::failed, Failure::refused},
      {"silence", [](const Query&) { return Reply{}; }, Status::failed, Failure::timeout},
      {"the wrong id", [](const Query& q) { return say(q.reply().octets(q.id ^ 1)); },
       Status::failed, Failure::timeout},
      {"another question",
       [](const Query& q) {
         return say(Message({name("x.example"), Type::txt}).octets(q.id));
       },
       Status::failed, Failure::timeout},
      {"not a response",
       [](const Query& q) {
         return say(q.reply().clear(0x8000).answer(spf_record()).octets(q.id));
       },
       Status::failed, Failure::malformed},
      {"another opcode",
       [](const Query& q) { return say(q.reply().set(0x2800).answer(spf_record()).octets(q.id)); },
       Status::failed, Failure::malformed},
      {"class CH",
       [](const Query& q) {
         auto alien = record(kQuestionName, Type::txt, text("x"), 300, 3);
         return say(q.reply().answer(alien).octets(q.id));
       },
       Status::failed, Failure::malformed},
      {"an owner off the chain",
       [](const Query& q) {
         return say(q.reply().answer(spf_record(octets_of("x.example"))).octets(q.id));
       },
       Status::failed, Failure::malformed},
      {"a compression loop",
       [](const Query& q) { return say(q.reply().answer(spf_record("\xc0\x1d")).octets(q.id)); },
       Status::failed, Failure::malformed},
      {"a referral",
       [](const Query& q) {
         auto ns = record(octets_of("org"), Type::ns, octets_of("ns.example"));
         return say(q.reply().clear(0x0080).authorize(ns).octets(q.id));
       },
       Status::failed, Failure::malformed},
      {"truncated, TCP answers", [](const Query& q) { return truncated_or(q, say(good(q))); },
       Status::found},
      {"truncated, TCP refused", [](const Query& q) { return truncated_or(q, {}); }, Status::failed,
       Failure::unreachable, Tcp::refused},
      {"truncated, TCP silent", [](const Query& q) { return truncated_or(q, {}); }, Status::failed,
       Failure::timeout},
      {"truncated, TCP hangs up",
       [](const Query& q) {
         return truncated_or(q, {{}, 0ms, 0ms, true});
       },
       Status::failed, Failure::unreachable},
      {"truncated, TCP drips",
       [](const Query& q) {
         return truncated_or(q, {{good(q)}, 50ms});
       },
       Status::failed, Failure::timeout},
      {"truncated over TCP too",
       [](const Query& q) { return say(q.reply().set(0x0200).octets(q.id)); }, Status::failed,
       Failure::malformed},
      {"64 KB over TCP",
       [](const Query& q) {
         auto strings = std::string();
         while (strings.size() < 65'000) strings += text(std::string(249, 'x'));
         auto big = record(kQuestionName, Type::txt, strings);
         return truncated_or(q, say(q.reply().answer(big).octets(q.id)));
       },
       Status::found},
      {"FORMERR for EDNS, without OPT",
       [](const Query& q) { return say(q.edns ? q.reply().rcode(1).octets(q.id) : good(q)); },
       Status::found},
      {"FORMERR for everything",
       [](const Query& q) { return say(q.reply().rcode(1).octets(q.id)); }, Status::failed,
       Failure::servfail},
      {"NOTIMP for EDNS",
       [](const Query& q) { return say(q.edns ? q.reply().rcode(4).octets(q.id) : good(q)); },
       Status::found},
      {"BADVERS",
       [](const Query& q) { return say(q.edns ? q.reply().add(opt(1)).octets(q.id) : good(q)); },
       Status::found},
      {"EDNS lost on the way", [](const Query& q) { return q.edns ? Reply{} : say(good(q)); },
       Status::found},
      {"a CNAME to itself",
       [](const Query& q) {
         auto circle = record(kQuestionName, Type::cname, kQuestionName);
         return say(q.reply().answer(circle).octets(q.id));
       },
       Status::failed, Failure::alias_loop},
      {"eight CNAMEs, one a response", chain_of(8), Status::found},
      {"nine CNAMEs, one a response", chain_of(9), Status::failed, Failure::alias_loop},
      {"junk without end", [](const Query&) { return Reply{{}, 0ms, 5s}; }, Status::failed,
       Failure::timeout},
  }));
  check(row);
}

TEST_CASE("more over UDP than was offered is asked for over TCP") {
  for (auto size : {limits::kEdnsSize - 1, limits::kEdnsSize + 0, limits::kEdnsSize + 1}) {
    CAPTURE(size);
    std::atomic<int> over_tcp = 0;
    ScriptedServer server([&](const Query& query) {
      auto message = query.reply().answer(spf_record());
      if (query.tcp) ++over_tcp;
      if (query.tcp) return say(message.octets(query.id));
      auto bare = record(kQuestionName, Type::txt, "");
      auto left = static_cast<std::size_t>(size) - message.octets(query.id).size() - bare.size();
      std::string data;
      for (; left > 256; left -= 256) data += text(std::string(255, 'x'));
      data += text(std::string(left - 1, 'x'));
      message.answer(record(kQuestionName, Type::txt, data));
      REQUIRE(message.octets(query.id).size() == static_cast<std::size_t>(size));
      return say(message.octets(query.id));
    });
    CaresResolver resolver(options({server.server()}));
    auto answer = ask(resolver).answer;
    CHECK(answer->status == Status::found);
    CHECK(answer->records.size() == (size <= limits::kEdnsSize ? 2 : 1));
    CHECK(over_tcp == (size <= limits::kEdnsSize ? 0 : 1));
  }
}

TEST_CASE("aliases told one by one make one answer") {
  ScriptedServer server(chain_of(3));
  CaresResolver resolver(options({server.server()}));
  auto answer = resolver.query(kTxt);
  CHECK(answer->aliases.size() == 3);
  CHECK(to_string(answer->canonical) == "c3.example.org");
}

TEST_CASE("a lost datagram is sent again") {
  std::atomic<int> lost{0};
  ScriptedServer server([&](const Query& q) { return lost++ < 1 ? Reply{} : say(good(q)); });
  CaresResolver resolver(options({server.server()}));
  auto [answer, took] = ask(resolver);
  CHECK(answer->status == Status::found);
  CHECK(took < kTimeout);
}

TEST_CASE("a late answer to an earlier try is taken") {
  ScriptedServer server([&](const Query& q) {
    std::this_thread::sleep_for(400ms);
    return say(good(q));
  });
  CaresResolver resolver(options({server.server()}));
  CHECK(resolver.query(kTxt)->status == Status::found);
}

TEST_CASE("nobody there is said at once") {
  CaresResolver closed(options({closed_port()}));
  auto [answer, took] = ask(closed);
  CHECK(answer->failure == Failure::unreachable);
  CHECK(took < kTimeout);

  CaresResolver none(options({}));
  CHECK(none.query(kTxt)->failure == Failure::unreachable);
}

TEST_CASE("the next server is asked when one cannot tell") {
  ScriptedServer second([](const Query& q) { return say(good(q)); });
  auto script = GENERATE(values<ScriptedServer::Script>({
      [](const Query& q) { return say(q.reply().rcode(2).octets(q.id)); },
      [](const Query& q) { return say(q.reply().rcode(5).octets(q.id)); },
      [](const Query& q) { return say(q.reply().count(1, 7).octets(q.id)); },
      [](const Query&) { return Reply{}; },
  }));
  ScriptedServer first(script);
  CaresResolver resolver(options({first.server(), second.server()}));
  auto [answer, took] = ask(resolver);
  CHECK(answer->status == Status::found);
  CHECK(took < kTimeout);

  CaresResolver after_closed(options({closed_port(), second.server()}));
  CHECK(after_closed.query(kTxt)->status == Status::found);
}

TEST_CASE("a server that is silent three times is asked last") {
  ScriptedServer silent([](const Query&) { return Reply{}; });
  ScriptedServer good_one([](const Query& q) { return say(good(q)); });
  CaresResolver resolver(options({silent.server(), good_one.server()}));
  for (int i = 0; i < 3; ++i) CHECK(ask(resolver).answer->status == Status::found);
  CHECK(silent.asked() == 3);
  auto [answer, took] = ask(resolver);
  CHECK(answer->status == Status::found);
  CHECK(took < 100ms);
  CHECK(silent.asked() == 3);
}

TEST_CASE("a server is asked three times at most") {
  ScriptedServer silent([](const Query&) { return Reply{}; });
  CaresResolver resolver(options({silent.server()}));
  resolver.query(kTxt);
  CHECK(silent.asked() == limits::kUdpTries);
  for (int answered : {limits::kUdpTries - 1, limits::kUdpTries, limits::kUdpTries + 1}) {
    std::atomic<int> asked = 0;
    ScriptedServer server(
        [&](const Query& q) { return ++asked < answered ? Reply{} : say(good(q)); });
    CaresResolver patient(options({server.server()}));
    auto is_told = patient.query(kTxt)->status == Status::found;
    CHECK(is_told == (answered <= limits::kUdpTries));
  }
}

TEST_CASE("a server that never takes EDNS is soon asked without") {
  ScriptedServer server(
      [](const Query& q) { return say(q.edns ? q.reply().rcode(4).octets(q.id) : good(q)); });
  CaresResolver resolver(options({server.server()}));
  for (int i = 0; i < 10; ++i) CHECK(resolver.query(kTxt)->status == Status::found);
  CHECK(server.asked() == 13);
}

TEST_CASE("cancel ends every flight, now and later") {
  ScriptedServer silent([](const Query&) { return Reply{}; });
  CaresResolver resolver({{silent.server()}, 10s, 200});
  std::vector<FlightPtr> flights;
  for (int i = 0; i < 500; ++i)
    flights.push_back(std::make_shared<Flight>(Question{name(link(i)), Type::txt}));
  resolver.submit(flights);
  std::this_thread::sleep_for(20ms);
  auto start = std::chrono::steady_clock::now();
  resolver.cancel();
  for (const auto& flight : flights) CHECK(flight->wait()->failure == Failure::cancelled);
  CHECK(std::chrono::steady_clock::now() - start < 500ms);
  CHECK(resolver.query(kTxt)->failure == Failure::cancelled);
}

TEST_CASE("flights in the air land when the resolver goes") {
  ScriptedServer silent([](const Query&) { return Reply{}; });
  auto flight = std::make_shared<Flight>(kTxt);
  {
    CaresResolver resolver({{silent.server()}, 10s, 200});
    resolver.submit({&flight, 1});
  }
  CHECK(flight->wait()->failure == Failure::cancelled);
}

TEST_CASE("what waits beyond the window ends in time too") {
  ScriptedServer silent([](const Query&) { return Reply{}; });
  CaresResolver resolver({{silent.server()}, 300ms, 10});
  std::vector<FlightPtr> flights;
  for (int i = 0; i < 100; ++i)
    flights.push_back(std::make_shared<Flight>(Question{name(link(i)), Type::txt}));
  auto start = std::chrono::steady_clock::now();
  resolver.submit(flights);
  for (const auto& flight : flights) CHECK(flight->wait()->failure == Failure::timeout);
  CHECK(std::chrono::steady_clock::now() - start < 300ms + kSlack);
}

TEST_CASE("many threads are served at once") {
  ScriptedServer server([](const Query& q) {
    return say(q.reply()
                   .answer(record(kQuestionName, Type::txt, text(to_string(q.question.name))))
                   .octets(q.id));
  });
  CaresResolver resolver({{server.server()}, 5s, 200});
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        auto asked = name(link(t * 1000 + i));
        auto lookup = resolver.txt(asked);
        if (lookup.records == std::vector{to_string(asked)}) ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(right == 1600);
}
