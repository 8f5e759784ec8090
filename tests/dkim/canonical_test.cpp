#include "dkim/canonical.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "dkim/body_hash.hpp"

using namespace mailtrust;
using namespace std::string_literals;
using dkim::Canonicalization;

namespace {

std::string canonical_field(std::string_view raw, Canonicalization form) {
  std::string out;
  dkim::append_canonical(out, raw, form);
  return out;
}

std::string canonical_body(std::string_view body, Canonicalization form) {
  dkim::BodyCanonicalizer canonicalizer(form);
  std::string out;
  canonicalizer.update(body, out);
  canonicalizer.finish(out);
  return out;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

// Sections 3.4.3 and 3.4.4 read aloud: slow, and nothing in common with the program.
std::string plain_body(std::string body, Canonicalization form) {
  replace_all(body, "\r\n", "\n");
  if (form == Canonicalization::relaxed) {
    replace_all(body, "\t", " ");
    for (auto size = body.size() + 1; size != body.size();) {
      size = body.size();
      replace_all(body, "  ", " ");
    }
    replace_all(body, " \n", "\n");
    if (body.ends_with(' ')) body.pop_back();
  }
  while (body.ends_with('\n')) body.pop_back();
  if (!body.empty() || form == Canonicalization::simple) body += '\n';
  replace_all(body, "\n", "\r\n");
  return body;
}

}  // namespace

TEST_CASE("header fields in relaxed form (RFC 6376 section 3.4.2)") {
  struct Row {
    const char* what;
    std::string raw;
    std::string canonical;
  };

  auto row = GENERATE(values<Row>({
      {"section 3.4.5, first", "A: X\r\n", "a:X\r\n"},
      {"section 3.4.5, second", "B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n"},
      {"tab before the colon", "Subject\t : x\r\n", "subject:x\r\n"},
      {"colons in the value", "X: a:b : c\r\n", "x:a:b : c\r\n"},
      {"empty", "X:\r\n", "x:\r\n"},
      {"white space only", "X: \t \r\n", "x:\r\n"},
      {"folded onto an empty line", "X: a\r\n \r\n b\r\n", "x:a b\r\n"},
      {"folded first", "X:\r\n a\r\n", "x:a\r\n"},
      {"lone CR is an octet", "X: a\r b \r\n", "x:a\r b\r\n"},
      {"NUL and 8-bit octets stay", "X: a\0 \xff\t\xfe\r\n"s, "x:a\0 \xff \xfe\r\n"s},
      {"other white space stays", "X: a\v\f b\r\n", "x:a\v\f b\r\n"},
      {"longer than a block", "X: 0123456789abcde f  0123456789abcdef g\r\n",
       "x:0123456789abcde f 0123456789abcdef g\r\n"},
  }));
  INFO(row.what);
  CHECK(canonical_field(row.raw, Canonicalization::relaxed) == row.canonical);
  CHECK(canonical_field(row.raw, Canonicalization::simple) == row.raw);
}

TEST_CASE("the value of b= is taken out, and nothing else (section 3.7)") {
  struct Row {
    const char* what;
    std::string raw;
    std::string without;
  };

  auto row = GENERATE(values<Row>({
      {"at the end", "S: a=1; b=AA\r\n\tBB \r\n", "S: a=1; b=\r\n"},
      {"with a semicolon", "S: a=1; b=AA; \r\n", "S: a=1; b=; \r\n"},
      {"in the middle, bh= stays", "S: bh=CC; b= AA ; c=1\r\n", "S: bh=CC; b=; c=1\r\n"},
      {"first", "S: b=AA;c=1\r\n", "S: b=;c=1\r\n"},
      {"white space before =", "S:\r\n\tb\t = AA;c=1\r\n", "S:\r\n\tb\t =;c=1\r\n"},
      {"padding", "S: b=AA==; c=1\r\n", "S: b=; c=1\r\n"},
      {"in another value", "S: z=x:b=AA; c=b=1\r\n", "S: z=x:b=AA; c=b=1\r\n"},
      {"capital B is another tag", "S: B=AA\r\n", "S: B=AA\r\n"},
      {"empty already", "S: b=\r\n", "S: b=\r\n"},
      {"no tags", "S: x\r\n", "S: x\r\n"},
  }));
  INFO(row.what);
  CHECK(dkim::without_signature(row.raw) == row.without);
}

TEST_CASE("h= selects fields from the bottom, each once (section 5.4.2)") {
  auto header = message::Header::parse(
      "DKIM-Signature: new; b=N\nReceived: 3\nDKIM-Signature: old; b=O\nReceived: 2\n"
      "not a field\nReceived: 1\nFROM: x\n");

  struct Row {
    const char* what;
    std::vector<std::string> names;
    std::string octets;
  };

  const std::string kSelf = "dkim-signature:new; b=";
  auto row = GENERATE_COPY(values<Row>({
      {"from the bottom", {"received", "Received"}, "received:1\r\nreceived:2\r\n"},
      {"more often than there", {"From", "from", "From"}, "from:x\r\n"},
      {"absent", {"Subject", "From"}, "from:x\r\n"},
      {"order of h=", {"From", "Received"}, "from:x\r\nreceived:1\r\n"},
      {"another signature, never itself",
       {"DKIM-Signature", "DKIM-Signature"},
       "dkim-signature:old; b=O\r\n"},
      {"a longer name", {"Receiveds", "Receive"}, ""},
      {"nothing", {}, ""},
  }));
  INFO(row.what);
  CHECK(dkim::signed_octets(header, row.names, header.fields()[0].raw, Canonicalization::relaxed) ==
        row.octets + kSelf);
}

TEST_CASE("bodies in both forms (sections 3.4.3 and 3.4.4)") {
  struct Row {
    const char* what;
    std::string body;
    std::string simple;
    std::string relaxed;
  };

  auto row = GENERATE(values<Row>({
      {"empty", "", "\r\n", ""},
      {"one line end", "\r\n", "\r\n", ""},
      {"empty lines only", "\r\n\n\r\n", "\r\n", ""},
      {"section 3.4.5", " C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"},
      {"no last line end", "a", "a\r\n", "a\r\n"},
      {"white space only", " \t\r\n", " \t\r\n", ""},
      {"white space only, no line end", " \t", " \t\r\n", ""},
      {"lines of white space at the end", "a\r\n \r\n\t\r\n", "a\r\n \r\n\t\r\n", "a\r\n"},
      {"lines of white space inside", "a\r\n \t\r\nb\r\n", "a\r\n \t\r\nb\r\n", "a\r\n\r\nb\r\n"},
      {"bare LF is a line end", "a\nb\n\n", "a\r\nb\r\n", "a\r\nb\r\n"},
      {"lone CR is an octet", "a\rb\r\n", "a\rb\r\n", "a\rb\r\n"},
      {"lone CR is no white space", "a \r \r\n", "a \r \r\n", "a \r\r\n"},
      {"CR before CRLF", "a\r\r\n\r\n", "a\r\r\n", "a\r\r\n"},
      {"a line of a lone CR is not empty", "a\r\n\r\r\n", "a\r\n\r\r\n", "a\r\n\r\r\n"},
      {"lone CR at the end", "a\r", "a\r\r\n", "a\r\r\n"},
      {"LF CR", "a\n\rb", "a\r\n\rb\r\n", "a\r\n\rb\r\n"},
      {"NUL and 8-bit octets", "\0 \xff\r\n"s, "\0 \xff\r\n"s, "\0 \xff\r\n"s},
      {"vertical tab is no white space", "a \v \f\r\n", "a \v \f\r\n", "a \v \f\r\n"},
  }));
  INFO(row.what);
  CHECK(canonical_body(row.body, Canonicalization::simple) == row.simple);
  CHECK(canonical_body(row.body, Canonicalization::relaxed) == row.relaxed);
  CHECK(plain_body(row.body, Canonicalization::simple) == row.simple);
  CHECK(plain_body(row.body, Canonicalization::relaxed) == row.relaxed);
}

TEST_CASE("the fast canonicalizer is the plain one, wherever a body is cut") {
  std::mt19937 random(20261122);
  for (int round = 0; round < 4000; ++round) {
    const auto alphabet =
        round % 2 == 0 ? "\r\n \tab"s : "\r\n \tabcdefghijklmnopqrstuvwxyz\0\xff"s;
    std::string body(random() % 200, ' ');
    for (char& c : body) c = alphabet[random() % alphabet.size()];
    for (auto form : {Canonicalization::simple, Canonicalization::relaxed}) {
      dkim::BodyCanonicalizer canonicalizer(form);
      std::string out;
      for (std::string_view rest = body; !rest.empty();) {
        auto size = std::min<std::size_t>(1 + random() % 40, rest.size());
        canonicalizer.update(rest.substr(0, size), out);
        rest.remove_prefix(size);
      }
      canonicalizer.finish(out);
      if (out != plain_body(body, form)) {
        CAPTURE(body, to_string(form));
        REQUIRE(out == plain_body(body, form));
      }
    }
  }
}

TEST_CASE("large bodies come out whole, and a flood of empty lines in bounded pieces") {
  struct Counter : dkim::OctetSink {
    void write(std::string_view octets) override {
      total += octets.size();
      largest = std::max(largest, octets.size());
    }

    std::uint64_t total = 0;
    std::size_t largest = 0;
  };

  std::string line = "word  word word \r\n";
  std::string text;
  for (int i = 0; i < 6'000; ++i) text += line;
  for (auto form : {Canonicalization::simple, Canonicalization::relaxed})
    CHECK(canonical_body(text, form) == plain_body(text, form));

  constexpr std::size_t kLines = 600'000;
  Counter counter;
  dkim::BodyCanonicalizer canonicalizer(Canonicalization::relaxed);
  canonicalizer.update(std::string(kLines, '\n'), counter);
  CHECK(counter.total == 0);
  canonicalizer.update("x", counter);
  canonicalizer.finish(counter);
  CHECK(counter.total == 2 * kLines + 3);
  CHECK(counter.largest < 100'000);
}

TEST_CASE("one pass makes every hash that is wanted, also of a part (section 3.4.5)") {
  const std::string body = "Hello  World \r\n\r\nmore\r\n\r\n";
  const auto simple = plain_body(body, Canonicalization::simple);
  const auto relaxed = plain_body(body, Canonicalization::relaxed);
  using dkim::Hash;

  struct Want {
    dkim::BodyHasher::Wish wish;
    std::string expected;
  };

  auto part = [](const std::string& text, std::size_t size) { return text.substr(0, size); };
  const std::vector<Want> wants{
      {{Canonicalization::simple, Hash::sha256, {}}, dkim::hash(Hash::sha256, simple)},
      {{Canonicalization::relaxed, Hash::sha256, {}}, dkim::hash(Hash::sha256, relaxed)},
      {{Canonicalization::relaxed, Hash::sha1, {}}, dkim::hash(Hash::sha1, relaxed)},
      {{Canonicalization::simple, Hash::sha256, 0}, dkim::hash(Hash::sha256, "")},
      {{Canonicalization::simple, Hash::sha256, 9}, dkim::hash(Hash::sha256, part(simple, 9))},
      {{Canonicalization::simple, Hash::sha256, 5}, dkim::hash(Hash::sha256, part(simple, 5))},
      {{Canonicalization::simple, Hash::sha256, 5}, dkim::hash(Hash::sha256, part(simple, 5))},
      {{Canonicalization::relaxed, Hash::sha1, 13}, dkim::hash(Hash::sha1, part(relaxed, 13))},
      {{Canonicalization::simple, Hash::sha256, simple.size()}, dkim::hash(Hash::sha256, simple)},
      {{Canonicalization::simple, Hash::sha256, 1000}, dkim::hash(Hash::sha256, simple)},
  };
  for (std::size_t cut : {1U, 3U, 100U}) {
    dkim::BodyHasher hasher;
    std::vector<std::size_t> numbers;
    for (const auto& want : wants) numbers.push_back(hasher.want(want.wish));
    for (std::size_t at = 0; at < body.size(); at += cut)
      hasher.update(std::string_view(body).substr(at, cut));
    hasher.finish();
    for (std::size_t i = 0; i < wants.size(); ++i) {
      INFO(cut << ' ' << i);
      CHECK(hasher.digest(numbers[i]) == wants[i].expected);
    }
    CHECK(hasher.canonical_size(Canonicalization::simple) == simple.size());
    CHECK(hasher.canonical_size(Canonicalization::relaxed) == relaxed.size());
  }
}
