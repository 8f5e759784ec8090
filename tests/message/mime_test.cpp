#include "message/mime.hpp"

#include <ctime>

#include <catch2/catch.hpp>

#include "base/limits.hpp"

using namespace mailtrust::message;

namespace limits = mailtrust::limits;

namespace {

/// `DEPTH type/subtype[LIMIT] "content"` of leaves, one a line.
std::string shown(const Structure& structure) {
  std::string text;
  for (const auto& part : structure.parts) {
    text += std::to_string(part.depth) + ' ' + part.content_type.type;
    if (part.limit != MimeLimit::none) text += " limit";
    bool opened = part.content_type.is_multipart() && part.limit == MimeLimit::none;
    if (!opened) text += " [" + std::string(part.content) + ']';
    text += '\n';
  }
  return text;
}

Structure read(const std::string& header, const std::string& body) {
  return read_structure(Header::parse(header), body);
}

std::string multipart(const std::string& boundary) {
  return "Content-Type: multipart/mixed; boundary=" + boundary + "\n";
}

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// A multipart within a multipart, `depth` of them.
std::string nested(std::size_t depth) {
  std::string body;
  for (std::size_t i = 1; i < depth; ++i) {
    auto number = std::to_string(i);
    body += "--b" + number + "\n" + multipart("b" + std::to_string(i + 1)) + "\n";
  }
  return body + "--b" + std::to_string(depth) + "\n\nx\n";
}

struct Row {
  const char* about;
  std::string header;
  std::string body;
  std::string parts;
};

}  // namespace

TEST_CASE("the parts of a message (RFC 2046 section 5.1)") {
  auto row = GENERATE(values<Row>({
      {"no type", "A: 1\n", "body\n", "0 text/plain [body\n]\n"},
      {"a type", "Content-Type: TEXT/html\n", "body\n", "0 text/html [body\n]\n"},
      {"an invalid type (RFC 2045 5.2)", "Content-Type: html\n", "b", "0 text/plain [b]\n"},
      {"two parts", multipart("x"),
       "pre\n--x\n\none\n--x\nContent-Type: a/b\n\ntwo\n\n--x--\npost\n",
       "0 multipart/mixed\n1 text/plain [one]\n1 a/b [two\n]\n"},
      {"CRLF", "Content-Type: multipart/mixed;\r\n boundary=\"x y\"\r\n",
       "--x y\r\n\r\none\r\n--x y--\r\n", "0 multipart/mixed\n1 text/plain [one]\n"},
      {"blanks behind a boundary", multipart("x"), "--x \t\n\none\n--x-- \n",
       "0 multipart/mixed\n1 text/plain [one]\n"},
      {"a boundary is the whole line", multipart("x"), "--x\n\n--xy\n --x\n--x--y\n--x--\n",
       "0 multipart/mixed\n1 text/plain [--xy\n --x\n--x--y]\n"},
      {"no end", multipart("x"), "--x\n\none\n", "0 multipart/mixed\n1 text/plain [one\n]\n"},
      {"no parts", multipart("x"), "text\n", "0 multipart/mixed\n"},
      {"an empty part", multipart("x"), "--x\n\n--x\n--x\nContent-Type: a/b\n--x--",
       "0 multipart/mixed\n1 text/plain []\n1 text/plain []\n1 a/b []\n"},
      {"within one another", multipart("x"),
       "--x\n" + multipart("y") + "\n--y\n\none\n--y--\n\n--x\n\ntwo\n--x--\n",
       "0 multipart/mixed\n1 multipart/mixed\n2 text/plain [one]\n1 text/plain [two]\n"},
      {"the outer boundary ends the inner part", multipart("x"),
       "--x\n" + multipart("y") + "\n--y\n\none\n--x\n\ntwo\n--x--\n",
       "0 multipart/mixed\n1 multipart/mixed\n2 text/plain [one]\n1 text/plain [two]\n"},
      {"a digest (RFC 2046 5.1.5)", "Content-Type: multipart/digest; boundary=x\n",
       "--x\n\nA: 1\n\nb\n--x--\n", "0 multipart/digest\n1 message/rfc822 [A: 1\n\nb]\n"},
      {"no boundary", "Content-Type: multipart/mixed\n", "--\n\nx\n--\n",
       "0 multipart/mixed limit [--\n\nx\n--\n]\n"},
      {"an empty body", multipart("x"), "", "0 multipart/mixed\n"},
  }));
  INFO(row.about);
  CHECK(shown(read(row.header, row.body)) == row.parts);
}

TEST_CASE("multiparts may be 100 deep, and hold 10,000 parts") {
  auto deep = read(multipart("b1"), nested(limits::kMimeDepth));
  CHECK(deep.parts.size() == limits::kMimeDepth + 1);
  CHECK(deep.parts.back().content == "x\n");
  auto deeper = read(multipart("b1"), nested(limits::kMimeDepth + 1));
  CHECK(deeper.parts.size() == limits::kMimeDepth + 1);
  CHECK(deeper.parts.back().limit == MimeLimit::depth);
  CHECK(deeper.parts.back().content == "--b101\n\nx\n");

  auto many = read(multipart("x"), times(limits::kMimeParts - 1, "--x\n\n"));
  CHECK(many.parts.size() == limits::kMimeParts);
  CHECK(many.parts[0].limit == MimeLimit::none);
  auto more = read(multipart("x"), times(limits::kMimeParts, "--x\n\n"));
  CHECK(more.parts.size() == limits::kMimeParts);
  CHECK(more.parts[0].limit == MimeLimit::parts);

  auto boundary = std::string(limits::kMimeBoundary, 'x');
  CHECK(read(multipart(boundary), "--" + boundary + "\n\na").parts.size() == 2);
  CHECK(read(multipart(boundary + 'x'), "--" + boundary + "x\n\na").parts[0].limit ==
        MimeLimit::boundary);
}

TEST_CASE("lines that are nearly boundaries cost no more within a hundred multiparts") {
  auto line =
      GENERATE(values<std::string>({"--\n", "--b\n", "--b99x\n", "--b100\n", "--b100x--\n"}));
  auto lines = times(1U << 16U, line);
  auto seconds = [&](std::size_t depth) {
    auto body = nested(depth) + lines;
    auto started = std::clock();
    read(multipart("b1"), body);
    return static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
  };
  INFO(line);
  CHECK(seconds(limits::kMimeDepth) < 8 * seconds(2) + 0.1);
}

TEST_CASE("types and their parameters (RFC 2045 section 5.1)") {
  auto type = parse_content_type(
      " Text/Plain (a ; b) ; Charset=\"UTF-8\"; format = flowed;; name=\"a\\\"b;c\"; x=");
  REQUIRE(type);
  CHECK(type->type == "text/plain");
  CHECK(type->parameter("charset") == "UTF-8");
  CHECK(type->parameter("format") == "flowed");
  CHECK(type->parameter("name") == "a\"b;c");
  CHECK_FALSE(type->parameter("x"));
  for (const auto* value :
       {"", "text", "/plain", "text/", "te xt/plain", "\"text\"/plain", "(", "((\\"})
    CHECK_FALSE(parse_content_type(value));
}

TEST_CASE("character sets of text") {
  CHECK(read("A: 1\n", "").parts[0].charset == "us-ascii");
  CHECK(read("Content-Type: text/html; charset=\"UTF-8\"\n", "").parts[0].charset == "utf-8");
  CHECK(read("Content-Type: image/png\n", "").parts[0].charset.empty());
}

TEST_CASE("transfer encodings (RFC 2045 section 6)") {
  struct Encoded {
    std::string encoding;
    std::string content;
    std::string decoded;
  };

  auto row = GENERATE(values<Encoded>({
      {"7bit", "a=\n", "a=\n"},
      {"x-uuencode", "a\n", "a\n"},
      {" BASE64 ", "aGVs\r\nbG8=\r\n", "hello"},
      {"base64", "aGVs!bG8", "hello"},
      {"base64", "aGVsbG8=aGVs", "hello"},
      {"base64", "aGVsbA=", "hell"},
      {"base64", "a", ""},
      {"base64", "", ""},
      {"Quoted-Printable", "a=20b  \r\nc=\r\nd=C3=b6\r\n", "a b\r\ncd\xc3\xb6\r\n"},
      {"quoted-printable", "a= \nb\n=\n", "ab\n"},
      {"quoted-printable", "=G0 = =4", "=G0 = =4"},
      {"quoted-printable", "=", ""},
  }));
  auto structure = read("Content-Transfer-Encoding: " + row.encoding + "\n", row.content);
  CHECK(decode_content(structure.parts[0]) == row.decoded);
}

TEST_CASE("leaves by type") {
  auto structure =
      read(multipart("x"), "--x\n\none\n--x\nContent-Type: a/b\n\n--x\n\ntwo\n--x--\n");
  auto all = structure.all("text/plain");
  REQUIRE(all.size() == 2);
  CHECK(all[1]->content == "two");
}
