#include "base/octet_stream.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

#include <catch2/catch.hpp>
#include <unistd.h>

using mailtrust::OctetStream;

namespace {

// A file of its own, gone with the test.
class File {
 public:
  explicit File(const std::string& octets) {
    int descriptor = ::mkstemp(path_);
    REQUIRE(descriptor >= 0);
    REQUIRE(::write(descriptor, octets.data(), octets.size()) ==
            static_cast<ssize_t>(octets.size()));
    ::close(descriptor);
  }

  File(const File&) = delete;
  File& operator=(const File&) = delete;

  ~File() { ::unlink(path_); }

  [[nodiscard]] std::string path() const { return path_; }

 private:
  char path_[27] = "/tmp/mailtrust-test-XXXXXX";
};

struct Read {
  std::string octets;
  std::string error;
};

Read read_all(const std::string& path, std::size_t piece) {
  auto stream = OctetStream::open(path);
  if (!stream) return {{}, stream.error().message};
  std::string room(piece, '\0');
  Read read;
  while (true) {
    auto got = stream->read(room);
    if (!got) return {read.octets, got.error().message};
    if (*got == 0) return read;
    read.octets.append(room, 0, *got);
  }
}

// "hello\n" and "world\n", a member each, by gzip -n.
const std::string kHello(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\x00\x20\x30\x3a\x36\x06"
    "\x00\x00\x00",
    26);
const std::string kWorld(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\xcf\x2f\xca\x49\xe1\x02\x00\xa8\x61\x38\xdd\x06"
    "\x00\x00\x00",
    26);

}  // namespace

TEST_CASE("an octet stream gives what the file holds") {
  struct Row {
    const char* what;
    std::string file, octets, error;
  };

  auto row = GENERATE(values<Row>({
      {"nothing", "", "", ""},
      {"one octet", "x", "x", ""},
      {"plain text", "192.0.2.1;a\n", "192.0.2.1;a\n", ""},
      {"the first octet of gzip alone", "\x1f", "\x1f", ""},
      {"gzip", kHello, "hello\n", ""},
      {"two members", kHello + kWorld, "hello\nworld\n", ""},
      {"padding behind the last member", kHello + std::string(7, '\0'), "hello\n", ""},
      {"cut inside the deflated octets", kHello.substr(0, 15), "hell",
       "the gzip file is cut short"},
      {"cut inside the checksum", kHello.substr(0, 20), "hello\n", "the gzip file is cut short"},
      {"a second member cut", kHello + kWorld.substr(0, 5), "hello\n",
       "the gzip file is cut short"},
      {"a wrong checksum", kHello.substr(0, 18) + "\1\1\1\1" + kHello.substr(22), "hello\n",
       "the gzip file is damaged"},
      {"no deflate method", "\x1f\x8b\x07" + kHello.substr(3), "", "the gzip file is damaged"},
  }));
  INFO(row.what);
  auto piece = GENERATE(std::size_t{1}, std::size_t{5}, std::size_t{1U << 16});
  INFO(piece);
  File file(row.file);
  auto read = read_all(file.path(), piece);
  CHECK(read.error == row.error);
  if (row.error.empty()) CHECK(read.octets == row.octets);
  CHECK(row.octets.starts_with(read.octets.substr(0, row.octets.size())));
}

TEST_CASE("an octet stream says what it cannot read") {
  CHECK(read_all("/nonexistent/file", 10).error == "cannot be read: No such file or directory");
  CHECK(read_all("/tmp", 10).error == "cannot be read: Is a directory");
}
