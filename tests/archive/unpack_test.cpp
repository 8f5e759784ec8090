#include "archive/unpack.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "support/gzip.hpp"
#include "support/zip.hpp"

namespace mailtrust::archive {
namespace {

constexpr const char* kDamagedGzip = "the gzip data are damaged or their checksum does not match";
constexpr const char* kCutGzip = "the gzip data are cut: their end is missing";

/// "name=octets" or "name=octets!fault" of each member, and the message of an Error.
std::vector<std::string> members_of(std::string_view octets, const Bounds& bounds = {}) {
  std::vector<std::string> all;
  auto result = unpack(
      octets,
      [&](const Member& member) {
        auto& text = all.emplace_back(member.name + '=' + std::string(member.octets));
        if (!member.fault.empty()) text += '!' + member.fault;
        return true;
      },
      bounds);
  if (!result) all.push_back("error: " + result.error().message);
  return all;
}

using All = std::vector<std::string>;

TEST_CASE("what is packed is known by its octets", "[archive]") {
  CHECK(packing_of("\x1f\x8b\x08") == Packing::gzip);
  CHECK(packing_of("PK\x03\x04") == Packing::zip);
  CHECK(packing_of("PK\x05\x06") == Packing::zip);
  CHECK(packing_of("PKI") == Packing::none);
  CHECK(packing_of("<feedback>") == Packing::none);
  CHECK(packing_of("") == Packing::none);
  CHECK(members_of("plain") == All{"=plain"});
}

TEST_CASE("gzip gives what is sound", "[archive]") {
  struct Row {
    std::string what;
    std::string octets;
    All members;
  };

  auto hello = test::gzip("hello");
  auto row = GENERATE_COPY(values<Row>({
      {"one member", hello, {"=hello"}},
      {"two members", hello + test::gzip(" world"), {"=hello world"}},
      {"an empty text", test::gzip(""), {"="}},
      {"padding", hello + std::string(100, '\0'), {"=hello"}},
      {"something behind it",
       hello + "junk",
       {"=hello!4 octets behind the gzip data belong to nothing"}},
      {"no checksum", hello.substr(0, hello.size() - 8), {std::string("=hello!") + kCutGzip}},
      {"a cut second member", hello + hello.substr(0, 10), {std::string("=hello!") + kCutGzip}},
      {"a wrong checksum",
       hello.substr(0, hello.size() - 5) + "xxxxx",
       {std::string("=hello!") + kDamagedGzip}},
      {"only the magic", "\x1f\x8b", {std::string("=!") + kCutGzip}},
  }));
  INFO(row.what);
  CHECK(members_of(row.octets) == row.members);
}

TEST_CASE("gzip cut at any octet and with any octet changed is bounded and said", "[archive]") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "line " + std::to_string(i * i) + "\n";
  auto packed = test::gzip(text);
  for (std::size_t size = 2; size < packed.size(); ++size) {
    auto member = members_of(packed.substr(0, size)).at(0);
    CHECK(member.ends_with(kCutGzip));
    CHECK(text.starts_with(member.substr(1, member.find('!') - 1)));
  }
  for (std::size_t at = 2; at < packed.size(); ++at) {
    auto changed = packed;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    auto all = members_of(changed);
    REQUIRE(all.size() == 1);
    // Flags, time and system in the head are covered by no checksum.
    bool is_sound = all[0] == '=' + text && at < 10;
    CHECK((is_sound || all[0].find('!') != std::string::npos));
  }
}

TEST_CASE("what is inflated is bounded", "[archive]") {
  Bounds bounds{1000, 3};
  const All over{
      "error: more than 1,000 octets when inflated, which is the limit; the rest is left "
      "out"};
  auto text = [](std::size_t size) { return std::string(size, 'x'); };
  CHECK(members_of(test::gzip(text(999)), bounds) == All{'=' + text(999)});
  CHECK(members_of(test::gzip(text(1000)), bounds) == All{'=' + text(1000)});
  CHECK(members_of(test::gzip(text(1001)), bounds) == over);
  CHECK(members_of(test::gzip(text(500)) + test::gzip(text(501)), bounds) == over);
  CHECK(members_of(test::gzip(text(500)) + test::gzip(text(500)), bounds) == All{'=' + text(1000)});
  auto cut = test::gzip(text(100'000));
  CHECK(members_of(cut.substr(0, cut.size() - 8), bounds) == over);
  CHECK(members_of(test::gzip_bomb(), bounds) == over);

  CHECK(members_of(test::zip({{"a", text(1000)}}), bounds) == All{"a=" + text(1000)});
  CHECK(members_of(test::zip({{"a", text(1001)}}), bounds) == over);
  CHECK(members_of(test::zip({{"a", text(600)}, {"b", text(401)}}), bounds) ==
        All{"a=" + text(600), over[0]});
}

TEST_CASE("members are counted", "[archive]") {
  Bounds bounds{1000, 3};
  const std::string over =
      "error: more than 3 members in the archive, which is the limit; the rest is left out";
  std::vector<test::ZipMember> members = {{"d/", ""}, {"a", "1"}, {"b", "2"}, {"c", "3"}};
  CHECK(members_of(test::zip(members), bounds) == All{"a=1", "b=2", "c=3"});
  members.push_back({"e", "4"});
  CHECK(members_of(test::zip(members), bounds) == All{"a=1", "b=2", "c=3", over});
}

TEST_CASE("a sink that has enough stops", "[archive]") {
  int count = 0;
  auto octets = test::zip({{"a", "1"}, {"b", "2"}});
  CHECK(unpack(octets, [&](const Member&) { return ++count < 1; }));
  CHECK(count == 1);
}

TEST_CASE("zip members are as they are, whatever they say", "[archive]") {
  struct Row {
    std::string what;
    test::ZipMember member;
    std::string result;
  };

  const std::string damaged = "!it is cut or damaged, or its checksum does not match";
  auto row = GENERATE_COPY(values<Row>({
      {"deflated", {"a.xml", "hello"}, "a.xml=hello"},
      {"stored", {"a.xml", "hello", false}, "a.xml=hello"},
      {"empty", {"a.xml", ""}, "a.xml="},
      {"a name that leads out", {"../../etc/passwd", "x"}, "../../etc/passwd=x"},
      {"an absolute name", {"/etc/passwd", "x"}, "/etc/passwd=x"},
      {"a name with controls", {"a\x1b[2J\n", "x"}, "a\x1b[2J\n=x"},
      {"a name that is not UTF-8", {"\xff\xfe", "x"}, "\xff\xfe=x"},
      {"no name", {"", "x"}, "=x"},
      {"a long name", {std::string(65'000, 'n'), "x"}, std::string(65'000, 'n') + "=x"},
      {"sizes behind the data", {"a", "hello", true, 8}, "a=hello"},
      {"a wrong checksum", {"a", "hello", true, 0, -1, -1, true}, "a=hello" + damaged},
      {"encrypted", {"a", "hello", true, 1}, "a=!it is encrypted"},
      {"an unknown method",
       {"a", "hello", true, 0, 77},
       "a=!it is damaged, or packed in a way that is not known here"},
      {"a directory with content", {"a/", "hello"}, "a/=hello"},
  }));
  INFO(row.what);
  CHECK(members_of(test::zip({row.member})) == All{row.result});
  // The others are unharmed.
  auto three = members_of(test::zip({{"first", "1"}, row.member, {"last", "2"}}));
  CHECK(three == All{"first=1", row.result, "last=2"});
}

// Newer versions of libzip say that it does not fit, older ones do not.
TEST_CASE("what a member claims to inflate to is a claim", "[archive]") {
  auto size = GENERATE(0, 2, 1 << 30);
  INFO(size);
  auto all = members_of(test::zip({{"a", "hello", true, 0, -1, size}, {"b", "1"}}));
  REQUIRE(all.size() == 2);
  CHECK(all[0].starts_with("a=hello"));
  CHECK(all[1] == "b=1");
}

TEST_CASE("members of one name, and many names of one member", "[archive]") {
  CHECK(members_of(test::zip({{"a", "1"}, {"a", "2"}})) == All{"a=1", "a=2"});
  test::ZipBuilder builder;
  builder.add({"a", std::string(400, 'x')});
  builder.add_again("b");
  builder.add_again("c");
  auto all = members_of(builder.octets(), {1000, 10});
  REQUIRE(all.size() == 3);
  CHECK(all[2].starts_with("error: more than 1,000 octets"));
}

TEST_CASE("a zip within a zip is a member", "[archive]") {
  auto inner = test::zip({{"a", "1"}});
  CHECK(members_of(test::zip({{"inner.zip", inner}})) == All{"inner.zip=" + inner});
}

TEST_CASE("a zip without a directory is read by its heads", "[archive]") {
  test::ZipBuilder builder;
  builder.add({"a", "hello"});
  builder.add({"b", "stored", false});
  builder.add({"c", "behind", true, 8});
  builder.add({"d", "secret", true, 1});
  builder.add({"e", std::string(1000, 'x') + "end"});
  const std::string no_directory = "!the directory of the zip is damaged";
  auto octets = builder.without_directory();
  All all = {"a=hello" + no_directory, "b=stored" + no_directory, "c=behind" + no_directory,
             "d=!it is encrypted", "e=" + std::string(1000, 'x') + "end" + no_directory};
  CHECK(members_of(octets) == all);
  all.back() = "e=" + std::string(1000, 'x') + "end!its data are cut or damaged";
  octets.resize(octets.size() - 1);
  auto cut = members_of(octets);
  REQUIRE(cut.size() == 5);
  CHECK(cut[4].starts_with("e=xxx"));
  CHECK(cut[4].ends_with("!its data are cut or damaged"));
  CHECK(members_of("PK\x03\x04 and nothing") ==
        All{"=!the zip is damaged: no member can be found"});
  CHECK(members_of(octets, {1002, 10}).back().starts_with("error: more than 1,002 octets"));
  CHECK(members_of(octets, {10'000, 2}).back().starts_with("error: more than 2 members"));
}

TEST_CASE("a zip cut anywhere and with any octet changed is bounded", "[archive]") {
  auto octets = test::zip({{"a", "hello hello hello"}, {"b", "world", false}});
  for (std::size_t size = 4; size < octets.size(); ++size)
    CHECK(members_of(octets.substr(0, size), {1000, 10}).size() <= 3);
  for (std::size_t at = 4; at < octets.size(); ++at) {
    auto changed = octets;
    changed[at] = static_cast<char>(~changed[at]);
    CHECK(members_of(changed, {1000, 10}).size() <= 3);
  }
}

TEST_CASE("a directory of a million entries is not let in", "[archive]") {
  test::ZipBuilder builder;
  builder.add({"a", "1"});
  for (int i = 0; i < 20'000; ++i) builder.add_again("b");
  CHECK(members_of(builder.octets()) ==
        All{"a=1!the directory of the zip is damaged",
            "error: more than 10,000 entries in the archive, which is "
            "the limit; folders count as well"});
}

}  // namespace
}  // namespace mailtrust::archive
