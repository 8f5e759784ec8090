#include "mailbox/mailbox.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <unistd.h>
#include <zlib.h>

#include "message/reader.hpp"

using namespace mailtrust;
using mailbox::Item;
using mailbox::Quoting;
using mailbox::Walk;

namespace files = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = files::temp_directory_path() / "mailbox-test-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }

  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  ~Folder() { files::remove_all(path_); }

  std::string write(const std::string& name, const std::string& octets) const {
    auto path = path_ / name;
    files::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << octets;
    return path;
  }

  [[nodiscard]] std::string path() const { return path_; }

 private:
  files::path path_;
};

std::string octets_of(Item& item) {
  std::string all;
  std::string room(1000, '\0');
  while (true) {
    auto got = item.octets->read(room);
    if (!got) return all + "!" + got.error().message;
    if (*got == 0) return all;
    all.append(room, 0, *got);
  }
}

/// What every message holds, and Errors as "!".
std::vector<std::string> all_of(const std::string& path, Quoting quoting = Quoting::automatic) {
  std::vector<std::string> all;
  Walk walk(path, quoting);
  while (true) {
    auto item = walk.next();
    if (!item) {
      all.push_back("!" + item.error().message);
      continue;
    }
    if (!*item) return all;
    all.push_back(octets_of(**item));
  }
}

std::vector<std::string> in_mbox(const std::string& octets, Quoting quoting = Quoting::automatic) {
  Folder folder;
  return all_of(folder.write("m", octets), quoting);
}

std::vector<std::string> names_below(const Folder& folder) {
  std::vector<std::string> names;
  Walk walk(folder.path());
  while (true) {
    auto item = walk.next();
    if (!item) {
      names.push_back("!" + item.error().where.substr(folder.path().size() + 1));
      continue;
    }
    if (!*item) return names;
    names.push_back(name_of(**item).substr(folder.path().size() + 1));
  }
}

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

const std::string kFrom = "From a@b.example Mon Jan  5 10:00:00 2026\n";

struct Row {
  const char* about;
  std::string mbox;
  std::vector<std::string> messages;
};

}  // namespace

TEST_CASE("a file that is one message comes as it is") {
  auto octets = GENERATE(
      values<std::string>({"", "A: 1\n", "A: 1\r\n\r\nbody\r\nFrom x\n\n>From y\n\n", "\n\n",
                           "\nFrom a@b.example\n", "From : a@b.example\n\nFrom the start\n\n"}));
  CHECK(in_mbox(octets) == std::vector<std::string>{octets});
}

TEST_CASE("an mbox is parted at its separators (RFC 4155)") {
  auto row = GENERATE(values<Row>({
      {"one", kFrom + "A: 1\n\nbody\n\n", {"A: 1\n\nbody\n"}},
      {"two",
       kFrom + "A: 1\n\nbody\n\n" + kFrom + "B: 2\n\nmore\n\n",
       {"A: 1\n\nbody\n", "B: 2\n\nmore\n"}},
      {"CRLF",
       "From a@b.example Mon\r\nA: 1\r\n\r\nb\r\n\r\nFrom x\r\nB: 2\r\n\r\nm\r\n\r\n",
       {"A: 1\r\n\r\nb\r\n", "B: 2\r\n\r\nm\r\n"}},
      {"no empty line at the end", kFrom + "A: 1\n\nbody", {"A: 1\n\nbody"}},
      {"two empty lines before the separator",
       kFrom + "A: 1\n\nbody\n\n\n" + kFrom + "B: 2\n\n",
       {"A: 1\n\nbody\n\n", "B: 2\n\n"}},
      {"no body", kFrom + "A: 1\n\n" + kFrom + "B: 2\n\n", {"A: 1\n\n", "B: 2\n\n"}},
      {"an empty body", kFrom + "A: 1\n\n\n" + kFrom + "B: 2\n\n", {"A: 1\n\n", "B: 2\n\n"}},
      {"no empty line before a whole date",
       kFrom + "A: 1\n\nb\n" + kFrom + "B: 2\n\nc\n",
       {"A: 1\n\nb\n", "B: 2\n\nc\n"}},
      {"no empty line, in a header",
       kFrom + "A: 1\n" + kFrom + "B: 2\n\nc\n",
       {"A: 1\n", "B: 2\n\nc\n"}},
      {"text behind an empty line",
       kFrom + "A: 1\n\nHi.\n\nFrom the start we knew.\n",
       {"A: 1\n\nHi.\n\nFrom the start we knew.\n"}},
      {"text with a time behind a line",
       kFrom + "A: 1\n\nHi.\nFrom 10:00 to 11:00 in 2026\n",
       {"A: 1\n\nHi.\nFrom 10:00 to 11:00 in 2026\n"}},
      {"a sender alone",
       "From a@b.example\nA: 1\n\nx\n\nFrom c@d.example\nB: 2\n\ny\n",
       {"A: 1\n\nx\n", "B: 2\n\ny\n"}},
      {"nothing but a separator", kFrom, {""}},
      {"a separator without an end", "From a@b.example", {""}},
      {"a long separator",
       "From a@b.example " + std::string(200'000, 'x') + "\nA: 1\n\nb\n",
       {"A: 1\n\nb\n"}},
      {"a long line",
       kFrom + "A: 1\n\n" + std::string(200'000, 'x') + "\n\n" + kFrom + "B: 2\n\n",
       {"A: 1\n\n" + std::string(200'000, 'x') + "\n", "B: 2\n\n"}},
      {"a long line that holds From",
       kFrom + "A: 1\n\n" + times(20'000, "From a\r"),
       {"A: 1\n\n" + times(20'000, "From a\r")}},
      {"the Mozilla separator",
       "From - Mon Jan  5 10:00:00 2026\nA: 1\n\nb\n\nFrom - Mon Jan  5 "
       "10:00:00 2026\nB: 2\n\n",
       {"A: 1\n\nb\n", "B: 2\n\n"}},
      {"NUL and lone CR",
       kFrom + std::string("A: \0\r1\n\n\0\n\n", 11) + kFrom + "B: 2\n\n",
       {std::string("A: \0\r1\n\n\0\n", 10), "B: 2\n\n"}},
  }));
  INFO(row.about);
  CHECK(in_mbox(row.mbox) == row.messages);
}

TEST_CASE("each kind of quoting is taken off as it was put on") {
  struct Quoted {
    Quoting quoting;
    std::string body;
    std::string wanted;
  };

  auto row = GENERATE(values<Quoted>({
      {Quoting::mboxo, ">From a\n>>From b\n> From c\n>Fromd\n",
       "From a\n>>From b\n> From c\n>Fromd\n"},
      {Quoting::mboxrd, ">From a\n>>From b\n x>From c\n", "From a\n>From b\n x>From c\n"},
      {Quoting::automatic, ">From a\n>>From b\n", "From a\n>From b\n"},
      {Quoting::mboxcl, ">From a\n>>From b\n", "From a\n>>From b\n"},
      {Quoting::mboxcl2, ">From a\n\nFrom b@c\n", ">From a\n\nFrom b@c\n"},
  }));
  bool counts = row.quoting == Quoting::mboxcl || row.quoting == Quoting::mboxcl2;
  std::string header = "A: 1\n";
  if (counts) header += "Content-Length: " + std::to_string(row.body.size()) + "\n";
  auto mbox = kFrom + header + "\n" + row.body + "\n" + kFrom + header + "\n" + row.body + "\n";
  auto wanted = header + "\n" + row.wanted;
  CHECK(in_mbox(mbox, row.quoting) == std::vector{wanted, wanted});
  // What counts is known by what it counts.
  if (counts) CHECK(in_mbox(mbox) == std::vector{wanted, wanted});
}

TEST_CASE("Content-Length is believed only where it leads to a separator") {
  auto row = GENERATE(values<Row>({
      {"to a separator",
       kFrom + "Content-Length: 14\n\nx\n\nFrom a@b\ny\n" + kFrom + "B: 2\n\n",
       {"Content-Length: 14\n\nx\n\nFrom a@b\ny\n", "B: 2\n\n"}},
      {"to the end of the file",
       kFrom + "Content-Length: 14\n\nx\n\nFrom a@b\ny\n",
       {"Content-Length: 14\n\nx\n\nFrom a@b\ny\n"}},
      {"to an empty line at the end",
       kFrom + "Content-Length: 2\n\nx\n\n",
       {"Content-Length: 2\n\nx\n"}},
      {"nothing",
       kFrom + "Content-Length: 0\n\n\n" + kFrom + "B: 2\n\n",
       {"Content-Length: 0\n\n", "B: 2\n\n"}},
      {"too short",
       kFrom + "Content-Length: 3\n\nlong\n\n" + kFrom + "B: 2\n\n",
       {"Content-Length: 3\n\nlong\n", "B: 2\n\n"}},
      {"beyond the end",
       kFrom + "Content-Length: 30\n\nx\n\n" + kFrom + "B: 2\n\n",
       {"Content-Length: 30\n\nx\n", "B: 2\n\n"}},
      {"larger than any file",
       kFrom + "Content-Length: 99999999999999999999\n\nx\n\n" + kFrom +
           "Content-Length: 9999999999999999999\n\ny\n\n",
       {"Content-Length: 99999999999999999999\n\nx\n",
        "Content-Length: 9999999999999999999\n\ny\n"}},
      {"no number",
       kFrom + "Content-Length: -1\n\nx\n\n" + kFrom + "B: 2\n\n",
       {"Content-Length: -1\n\nx\n", "B: 2\n\n"}},
      {"in the body",
       kFrom + "A: 1\n\nContent-Length: 1\n\n" + kFrom + "B: 2\n\n",
       {"A: 1\n\nContent-Length: 1\n", "B: 2\n\n"}},
  }));
  INFO(row.about);
  CHECK(in_mbox(row.mbox) == row.messages);
}

TEST_CASE("an mbox of 10,000 messages") {
  std::string mbox;
  for (int i = 0; i < 10'000; ++i)
    mbox += kFrom + "A: " + std::to_string(i) + "\n\nline\n>From it\n\n";
  auto messages = in_mbox(mbox);
  REQUIRE(messages.size() == 10'000);
  CHECK(messages[7777] == "A: 7777\n\nline\nFrom it\n");
}

TEST_CASE("separators and quotes are seen wherever reading cuts the file") {
  // Lines of this length put each octet of the separator at the edge of a piece once.
  std::string body;
  for (std::size_t i = 0; body.size() < 300'000; ++i)
    body += std::string(i % 97, 'x') + "\n>From y\n\n";
  auto messages = in_mbox(times(5, kFrom + "A: 1\n\n" + body + "\n"));
  REQUIRE(messages.size() == 5);
  for (const auto& message : messages) {
    CHECK(message == messages[0]);
    CHECK(message.find(">From") == std::string::npos);
  }
}

TEST_CASE("a message too large to be held streams, and the next waits for it") {
  Folder folder;
  auto large = "A: 1\n\n" + times(40'000, "a line of fifty octets, one of very many lines....\n");
  auto path = folder.write("m", kFrom + large + "\n" + kFrom + "B: 2\n\nsmall\n\n" + kFrom + large +
                                    "\n" + kFrom + "C: 3\n\n");
  CHECK(all_of(path) == std::vector<std::string>{large, "B: 2\n\nsmall\n", large, "C: 3\n\n"});

  SECTION("unread, half read, or read by another thread") {
    Walk walk(path);
    auto first = walk.next().value();
    std::string room(100'000, '\0');
    CHECK(first->octets->read(room).value() > 0);
    std::string seen;
    std::thread reader([item = std::move(*first), &seen]() mutable {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      seen = octets_of(item);
      item.octets.reset();
    });
    auto second = walk.next().value();
    reader.join();
    CHECK(seen.size() > large.size() / 2);
    CHECK(octets_of(*second) == "B: 2\n\nsmall\n");
    walk.next().value();
    auto fourth = walk.next().value();
    CHECK(octets_of(*fourth) == "C: 3\n\n");
  }
  SECTION("the walk may go before the message") {
    std::optional<Item> item;
    {
      Walk walk(path);
      item = walk.next().value();
    }
    CHECK(octets_of(*item) == large);
  }
}

TEST_CASE("a message over the limit does not cost the others") {
  Folder folder;
  auto large = "A: 1\n\n" + std::string(3'000'000, 'x') + "\n";
  Walk walk(folder.write("m", kFrom + large + "\n" + kFrom + "B: 2\n\n"));
  {
    auto item = walk.next().value();
    message::Reader reader(*item->octets, name_of(*item), 2'000'000);
    REQUIRE(reader.header());
    auto piece = reader.body();
    while (piece && !piece->empty()) piece = reader.body();
    REQUIRE_FALSE(piece);
    CHECK(piece.error().where == folder.path() + "/m(1)");
  }
  auto second = walk.next().value();
  CHECK(name_of(*second) == folder.path() + "/m(2)");
  CHECK(octets_of(*second) == "B: 2\n\n");
}

TEST_CASE("directories, by name; hidden files and links to directories are passed over") {
  Folder folder;
  folder.write("b.eml", "B: 1\n");
  folder.write("a/2.eml", "A: 2\n");
  folder.write("a/1.mbox", kFrom + "A: 1\n\n\n" + kFrom + "A: 2\n\n");
  folder.write("c/d/e", "E: 1\n");
  folder.write(".hidden", "H: 1\n");
  folder.write(".git/x", "H: 2\n");
  files::create_directory_symlink(folder.path(), folder.path() + "/loop");
  files::create_symlink(folder.path() + "/b.eml", folder.path() + "/link.eml");
  files::create_symlink("nowhere", folder.path() + "/dangling");
  CHECK(names_below(folder) == std::vector<std::string>{"a/1.mbox(1)", "a/1.mbox(2)", "a/2.eml",
                                                        "b.eml", "c/d/e", "link.eml"});
}

TEST_CASE("of a Maildir cur and new") {
  Folder folder;
  folder.write("box/new/3.host", "N: 3\n");
  folder.write("box/cur/1.host:2,S", "C: 1\n");
  folder.write("box/tmp/2.host", "T: 2\n");
  folder.write("box/dovecot.index", "no message");
  CHECK(names_below(folder) == std::vector<std::string>{"box/cur/1.host:2,S", "box/new/3.host"});
}

TEST_CASE("what cannot be read is an Error, and the walk goes on") {
  Folder folder;
  folder.write("a.gz", std::string("\x1f\x8b\x08\x00 damaged", 12));
  folder.write("b", "B: 1\n");
  auto all = all_of(folder.path());
  REQUIRE(all.size() == 2);
  CHECK(all[0].starts_with("!the gzip file is"));
  CHECK(all[1] == "B: 1\n");
  CHECK(all_of(folder.path() + "/nowhere") ==
        std::vector<std::string>{"!cannot be read: No such file or directory"});
}

TEST_CASE("gzip is inflated") {
  Folder folder;
  auto path = folder.path() + "/m.gz";
  auto* file = ::gzopen(path.c_str(), "wb");
  auto mbox = kFrom + "A: 1\n\n\n" + kFrom + "B: 2\n\n";
  ::gzwrite(file, mbox.data(), static_cast<unsigned>(mbox.size()));
  ::gzclose(file);
  CHECK(all_of(path) == std::vector<std::string>{"A: 1\n\n", "B: 2\n\n"});
}

TEST_CASE("gzip is kept as it is where that is asked for") {
  Folder folder;
  auto path = folder.path() + "/m.gz";
  auto* file = ::gzopen(path.c_str(), "wb");
  ::gzwrite(file, kFrom.data(), static_cast<unsigned>(kFrom.size()));
  ::gzclose(file);
  mailbox::Walk walk(path, mailbox::Quoting::automatic, Packed::keep);
  auto item = walk.next();
  REQUIRE((item && *item));
  std::string start(2, '\0');
  CHECK((*item)->octets->read(start).value() == 2);
  CHECK(start == "\x1f\x8b");
}
