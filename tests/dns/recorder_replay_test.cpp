// What was recorded answers the same again, whatever it was.
#include <algorithm>
#include <array>
#include <random>
#include <thread>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dns/recorder.hpp"
#include "dns/replay.hpp"
#include "dns/script.hpp"

using namespace mailtrust;
using namespace mailtrust::dns;
using namespace mailtrust::dns::test;

TEST_CASE("answers that bear on each other replay each as it was") {
  Script script;
  std::vector<Question> questions;
  auto ask = [&](std::string_view name, Type type, Answer answer) {
    questions.push_back({spelled(name), type});
    script.say(questions.back(), std::move(answer));
  };
  auto address = [] { return found(Type::a, {kAddress}); };

  SECTION("no such name, although there are names below it") {
    ask("b.a", Type::a, address());
    ask("a", Type::a, ended(Status::nxdomain));
    ask("a", Type::mx, ended(Status::no_data));
  }
  SECTION("no data, although nothing is there") {
    ask("x.a", Type::a, ended(Status::no_data));
    ask("a", Type::a, ended(Status::nxdomain));
    ask("y.x.a", Type::a, ended(Status::nxdomain));
  }
  SECTION("a failure does not make its ancestors exist") {
    ask("x.a", Type::a, ended(Status::failed, Failure::timeout));
    ask("a", Type::a, ended(Status::nxdomain));
  }
  SECTION("one type is there, another has no such name") {
    ask("a", Type::a, address());
    ask("a", Type::mx, ended(Status::nxdomain));
    ask("a", Type::txt, ended(Status::failed, Failure::servfail));
  }
  SECTION("a literal asterisk speaks for no other name") {
    ask("*.a", Type::a, address());
    ask("*.a", Type::txt, ended(Status::failed, Failure::servfail));
    ask("x.a", Type::a, ended(Status::nxdomain));
    ask("x.a", Type::mx, ended(Status::no_data));
    ask("y.x.a", Type::a, ended(Status::nxdomain));
    ask("z.a", Type::txt, ended(Status::nxdomain));
    ask("*", Type::cname, found(Type::cname, {std::string(spelled("q").wire())}));
    ask("w", Type::a, ended(Status::nxdomain));
  }
  SECTION("a DNAME speaks for no name below it") {
    ask("a", Type::dname, found(Type::dname, {std::string(spelled("b").wire())}));
    ask("x.a", Type::a, ended(Status::nxdomain));
    ask("y.a", Type::a, behind({cname("y.a", "y.c")}, address()));
    ask("z.a", Type::a, ended(Status::no_data));
  }
  SECTION("records beside a CNAME") {
    ask("a", Type::a, behind({cname("a", "b")}, address()));
    ask("a", Type::txt, found(Type::txt, {strings({"beside"})}));
    ask("a", Type::mx, ended(Status::no_data));
    ask("a", Type::aaaa, ended(Status::failed, Failure::timeout));
    ask("a", Type::ptr, ended(Status::nxdomain));
  }
  SECTION("a chain, its middle, its end and its CNAME") {
    ask("a", Type::a, behind({cname("a", "B"), cname("b", "c")}, address()));
    ask("b", Type::a, behind({cname("b", "c")}, address()));
    ask("C", Type::a, address());
    ask("b", Type::cname, found(Type::cname, {std::string(spelled("c").wire())}, 60));
    ask("a", Type::mx, behind({cname("a", "B"), cname("b", "c")}, ended(Status::nxdomain)));
  }
  SECTION("a chain too long, and the names it would go on with") {
    std::vector<Record> nine;
    for (int i = 0; i < 8; ++i)
      nine.push_back(cname("c" + std::to_string(i), "c" + std::to_string(i + 1)));
    auto next = nine;
    next.erase(next.begin());
    next.push_back(cname("c8", "c9"));
    ask("c0", Type::a, behind(nine, ended(Status::failed, Failure::alias_loop)));
    ask("c1", Type::a, behind(next, address()));
    ask("c8", Type::a, behind({cname("c8", "c9")}, address()));
  }
  // In both orders; what was asked first must not matter where answers agree.
  check_replay(script, questions);
  Recorder forward(script);
  for (const auto& question : questions) CHECK(forward.query(question)->canonical.wire() != "");
  std::ranges::reverse(questions);
  Recorder backward(script);
  for (const auto& question : questions) backward.query(question);
  CHECK(forward.text() == backward.text());
  check_replay(script, questions);
}

TEST_CASE("where a CNAME rotates, the first way is gone to its end") {
  Script script;
  auto one = cname("a", "one");
  auto two = cname("a", "two");
  script.say("a", Type::a, behind({one}, found(Type::a, {kAddress})));
  script.say("a", Type::txt, behind({two}, found(Type::txt, {strings({"two"})})));
  script.say("one", Type::txt, behind({cname("one", "deep")}, found(Type::txt, {strings({"1"})})));
  script.say("a", Type::cname, found(Type::cname, {two.data}));
  script.say("a", Type::mx, behind({two}, ended(Status::failed, Failure::timeout)));
  Recorder recorder(script);
  CHECK(recorder.query({spelled("a"), Type::a})->canonical == spelled("one"));
  auto text = recorder.query({spelled("a"), Type::txt});
  CHECK(text->canonical == spelled("deep"));
  CHECK(decode_txt(text->records.at(0)) == "1");
  CHECK(script.asked == 3);
  CHECK(recorder.query({spelled("a"), Type::cname})->records.at(0).data == one.data);
  CHECK(recorder.query({spelled("a"), Type::mx})->status == Status::nxdomain);
  check_replay(script, {{spelled("a"), Type::a},
                        {spelled("a"), Type::txt},
                        {spelled("a"), Type::cname},
                        {spelled("a"), Type::mx}});
}

TEST_CASE("many threads get one answer to each question") {
  Script script;
  for (int i = 0; i < 50; ++i)
    for (int turn = 0; turn < 8; ++turn) {
      auto name = "n" + std::to_string(i);
      auto target = "t" + std::to_string((i + turn) % 50);
      auto end = found(Type::a, {std::string("\xc0\0\2", 3) + static_cast<char>(turn)});
      script.say(name, Type::a, turn % 2 == 0 ? end : behind({cname(name, target)}, end));
      script.say(target, Type::a, end);
    }
  Recorder recorder(script);
  std::vector<std::vector<std::string>> seen(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < seen.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        auto name = "n" + std::to_string((i + static_cast<int>(t) * 13) % 50);
        auto answer = recorder.query({spelled(name), Type::a});
        seen[t].push_back(name + ' ' + shown(*answer));
      }
    });
  for (auto& thread : threads) thread.join();
  auto zone = replay(recorder.text());
  for (const auto& lines : seen)
    for (const auto& line : lines) {
      auto name = line.substr(0, line.find(' '));
      CHECK(name + ' ' + shown(*zone->query({spelled(name), Type::a})) == line);
    }
}

namespace {

// A world that contradicts itself at every turn, of few names, so that they meet.
class Chaos final : public Resolver {
 public:
  explicit Chaos(unsigned seed) : random_(seed) {}

  AnswerPtr query(const Question& question) override {
    Answer answer;
    answer.canonical = question.name;
    while (question.type != Type::cname && pick(3) == 0 &&
           answer.aliases.size() < limits::kAliases) {
      auto target = name();
      answer.aliases.push_back(
          {answer.canonical, Type::cname, pick(100), std::string(target.wire())});
      answer.canonical = target;
      if (std::ranges::find(answer.aliases, target, &Record::owner) != answer.aliases.end())
        return end(std::move(answer), Status::failed, Failure::alias_loop);
    }
    auto status = static_cast<Status>(pick(4));
    auto failure = status == Status::failed ? static_cast<Failure>(1 + pick(8)) : Failure::none;
    if (status != Status::found) return end(std::move(answer), status, failure);
    for (unsigned i = 0; i <= pick(3); ++i) {
      Record record{answer.canonical, question.type, pick(1000), data(question.type)};
      if (std::ranges::find(answer.records, record.data, &Record::data) == answer.records.end())
        answer.records.push_back(std::move(record));
    }
    return end(std::move(answer), status, failure);
  }

  Question question() {
    constexpr std::array kTypes = {Type::a,   Type::txt,   Type::cname, Type::mx,
                                   Type::soa, Type::dname, Type::ptr,   kOddType};
    return {name(), kTypes.at(pick(kTypes.size()))};
  }

 private:
  unsigned pick(std::size_t count) { return static_cast<unsigned>(random_() % count); }

  std::string octets(std::size_t size) {
    std::string text(size, '\0');
    for (auto& c : text) c = static_cast<char>(pick(256));
    return text;
  }

  Name name() {
    constexpr std::string_view kNul("\0", 1);
    constexpr std::array<std::string_view, 6> kLabels = {"a", "B", "b", "*", "\n;", kNul};
    Name name;
    for (unsigned i = pick(4); i > 0; --i) name = *name.child(kLabels.at(pick(kLabels.size())));
    return name;
  }

  std::string data(Type type) {
    switch (type) {
      case Type::a: return octets(4);
      case Type::txt: return strings({octets(pick(256)), octets(pick(9))});
      case Type::mx: return octets(2) + std::string(name().wire());
      case Type::cname:
      case Type::dname:
      case Type::ptr: return std::string(name().wire());
      default: return octets(pick(30));
    }
  }

  static AnswerPtr end(Answer answer, Status status, Failure failure) {
    answer.status = status;
    answer.failure = failure;
    settle_ttl(answer);
    return std::make_shared<Answer>(std::move(answer));
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("whatever is said, the replay says the same") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Chaos chaos(seed);
    Recorder recorder(chaos);
    std::vector<std::pair<Question, std::string>> given;
    for (unsigned i = 0; i < 1 + seed / 2; ++i) {
      auto question = chaos.question();
      given.emplace_back(question, shown(*recorder.query(question)));
    }
    auto text = recorder.text();
    auto zone = replay(text);
    bool same = std::ranges::all_of(
        given, [&](const auto& each) { return shown(*zone->query(each.first)) == each.second; });
    INFO(seed << '\n' << text);
    REQUIRE(same);
    REQUIRE(std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
  }
}
