#include "message/reader.hpp"

#include <utility>

#include <catch2/catch.hpp>

using mailtrust::Error;
using mailtrust::Expected;
using mailtrust::message::HeldOctets;
using mailtrust::message::Octets;
using mailtrust::message::Reader;

namespace limits = mailtrust::limits;

namespace {

/// Hands out a few octets at a time, as a slow pipe does.
class Dribble : public Octets {
 public:
  Dribble(std::string octets, std::size_t step) : held_(std::move(octets)), step_(step) {}

  Expected<std::size_t> read(std::span<char> room) override {
    return held_.read(room.first(std::min(step_, room.size())));
  }

 private:
  HeldOctets held_;
  std::size_t step_;
};

/// `pattern` without end.
class Endless : public Octets {
 public:
  explicit Endless(std::string pattern) : pattern_(std::move(pattern)) {}

  Expected<std::size_t> read(std::span<char> room) override {
    for (auto& octet : room) octet = pattern_[at_++ % pattern_.size()];
    return room.size();
  }

 private:
  std::string pattern_;
  std::size_t at_ = 0;
};

std::string body_of(Reader& reader) {
  std::string body;
  for (auto piece = reader.body().value(); !piece.empty(); piece = reader.body().value())
    body += piece;
  return body;
}

/// The message of the Error that reading ends in; "" when it ends well.
std::string read_all(Octets& octets, std::size_t most = limits::kMessage) {
  Reader reader(octets, "m.eml", most);
  auto header = reader.header();
  if (!header) return header.error().where + ": " + header.error().message;
  while (true) {
    auto piece = reader.body();
    if (!piece) return piece.error().where + ": " + piece.error().message;
    if (piece->empty()) return {};
  }
}

std::string read_all(std::string octets, std::size_t most = limits::kMessage) {
  HeldOctets held(std::move(octets));
  return read_all(held, most);
}

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

struct Row {
  const char* about;
  std::string octets;
  std::size_t fields;
  std::string body;
};

}  // namespace

TEST_CASE("header and body part at the first empty line (RFC 5322 section 2.1)") {
  auto row = GENERATE(values<Row>({
      {"empty", "", 0, ""},
      {"CRLF", "A: 1\r\n\r\nbody\r\n", 1, "body\r\n"},
      {"LF", "A: 1\n\nbody\n\n", 1, "body\n\n"},
      {"CRLF, then LF", "A: 1\r\n\nbody", 1, "body"},
      {"LF, then CRLF", "A: 1\n\r\nbody", 1, "body"},
      {"no header", "\r\nbody", 0, "body"},
      {"no body", "A: 1\r\n", 1, ""},
      {"no body, the last line without an end", "A: 1\r\nB: 2", 2, ""},
      {"an empty body", "A: 1\r\n\r\n", 1, ""},
      {"a lone CR is no line end", "A: 1\r\rB: 2\r\n\r\nbody", 1, "body"},
      {"a line that is a CR", "A: 1\r\n\r\r\nB: 2\r\n\r\nbody", 3, "body"},
      {"a line of blanks is no empty one", "A: 1\r\n \r\nB: 2\r\n\r\nbody", 2, "body"},
      {"ends in half a line end", "A: 1\r\n\r", 2, ""},
  }));
  auto step = GENERATE(1U, 2U, 3U, 4096U);
  INFO(row.about << ", " << step << " at a time");
  Dribble octets(row.octets, step);
  Reader reader(octets, "m.eml");
  auto header = reader.header();
  REQUIRE(header);
  CHECK(header->fields().size() == row.fields);
  CHECK(body_of(reader) == row.body);
  CHECK(reader.octets_read() == row.octets.size());
  CHECK(reader.body().value().empty());
}

TEST_CASE("a header of many pieces, and the body behind it") {
  auto field = "X: " + std::string(1000, 'x') + "\r\n";
  auto body = times(5000, "a line of a body\r\n");
  HeldOctets octets(times(900, field) + "\r\n" + body);
  Reader reader(octets, "m.eml");
  auto header = reader.header();
  REQUIRE(header);
  CHECK(header->fields().size() == 900);
  CHECK(body_of(reader) == body);
}

TEST_CASE("at a limit, and one over it") {
  auto fields = times(limits::kHeaderFields - 1, "A: 1\n") + "B: 2\n c\n";
  CHECK(read_all(fields + "\n") == "");
  CHECK(read_all(fields + "C: 3\n\n") == "m.eml:10002: more than 10,000 header fields");

  auto field = "A:" + std::string(limits::kHeaderField - 4, 'x');
  CHECK(read_all(field + "\r\n\r\n") == "");
  CHECK(read_all("B: 1\n" + field + "x\r\n\r\n") ==
        "m.eml:2: a header field is larger than 256 KiB");
  CHECK(read_all("A: 1\n" + times(limits::kHeaderField / 2, " \n") + "\n") ==
        "m.eml:131071: a header field is larger than 256 KiB");

  auto large = "A:" + std::string((64U << 10U) - 4, 'x') + "\r\n";
  CHECK(read_all(times(64, large) + "\r\n") == "");
  CHECK(read_all(times(64, large) + "B") == "m.eml:65: the header is larger than 4 MiB");

  CHECK(read_all("A: 1\n\n12345", 11) == "");
  CHECK(read_all("A: 1\n\n123456", 11) == "m.eml: the message is larger than 11 octets");
  CHECK(read_all("A: 1\n", 4) == "m.eml: the message is larger than 4 octets");
}

TEST_CASE("a body that is passed over counts as if it were read") {
  auto octets = "A: 1\n\n" + std::string(300'000, 'x');
  for (auto most : {octets.size() - 1, octets.size(), octets.size() + 1}) {
    HeldOctets known(octets);
    Dribble unknown(octets, 4096);
    for (Octets* source : {static_cast<Octets*>(&known), static_cast<Octets*>(&unknown)}) {
      CAPTURE(most, source->left().has_value());
      Reader reader(*source, "m.eml", most);
      REQUIRE(reader.header());
      CHECK(reader.skip_body().has_value() == (octets.size() <= most));
    }
    CHECK((*known.left() > 0) == (octets.size() > 64U << 10));  // what is known is not read
  }
}

TEST_CASE("what does not end is read up to a limit") {
  Endless nul(std::string(1, '\0'));
  CHECK(read_all(nul) == "m.eml:1: a header field is larger than 256 KiB");
  Endless fields("A: 1\n");
  CHECK(read_all(fields) == "m.eml:10001: more than 10,000 header fields");
  Endless lines("\n");
  CHECK(read_all(lines) == "m.eml: the message is larger than 64 MiB");
}

TEST_CASE("200,000 header lines are refused, and quickly") {
  CHECK(read_all(times(200'000, "X-Line: 1\r\n")) == "m.eml:10001: more than 10,000 header fields");
}
