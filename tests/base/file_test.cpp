#include "base/file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.hpp"

using namespace mailtrust;

namespace {

// A folder of its own, gone with the test.
struct Folder {
  std::filesystem::path path;

  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "mailtrust-file-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }

  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  ~Folder() { std::filesystem::remove_all(path); }

  [[nodiscard]] std::string operator/(const char* name) const { return (path / name).string(); }

  [[nodiscard]] auto count() const {
    return std::distance(std::filesystem::directory_iterator(path), {});
  }
};

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string message(const std::optional<Error>& error) {
  return error ? error->where + ": " + error->message : "";
}

}  // namespace

TEST_CASE("a file may be as large as the limit of zone files, and not an octet larger") {
  Folder folder;
  auto path = folder / "sparse";
  std::ofstream(path) << "";
  std::filesystem::resize_file(path, limits::kZoneFile);
  {
    auto text = read_file(path, limits::kZoneFile);
    REQUIRE(text);
    CHECK(text->size() == limits::kZoneFile);
  }
  std::filesystem::resize_file(path, limits::kZoneFile + 1);
  auto text = read_file(path, limits::kZoneFile);
  REQUIRE(!text);
  CHECK(text.error().where == path);
  CHECK(text.error().message == "larger than the limit of 268435456 octets");
}

TEST_CASE("a written file is private and takes the place of the old one at once") {
  Folder folder;
  auto path = folder / "file";
  auto mask = ::umask(0277);
  CHECK(message(write_file_atomically(path, "one")).empty());
  ::umask(0);
  CHECK(message(write_file_atomically(path, "two")).empty());
  ::umask(mask);
  CHECK(content(path) == "two");

  struct stat there {};

  REQUIRE(::stat(path.c_str(), &there) == 0);
  CHECK((there.st_mode & 0777) == 0600);
  CHECK(folder.count() == 1);

  std::filesystem::create_hard_link(path, folder / "old");
  CHECK(message(write_file_atomically(path, std::string("\0three", 6))).empty());
  CHECK(content(path) == std::string("\0three", 6));
  CHECK(content(folder / "old") == "two");
}

TEST_CASE("a file may keep who could read the one before it") {
  struct Row {
    mode_t before;
    mode_t after;
  };

  auto row = GENERATE(values<Row>({{0640, 0640}, {0644, 0644}, {0400, 0600}, {04755, 0755}}));
  Folder folder;
  auto path = folder / "file";
  CHECK(message(write_file_atomically(path, "new", FileAccess::kept)).empty());

  struct stat there {};

  REQUIRE(::stat(path.c_str(), &there) == 0);
  CHECK((there.st_mode & 07777) == 0600);
  REQUIRE(::chmod(path.c_str(), row.before) == 0);
  CHECK(message(write_file_atomically(path, "newer", FileAccess::kept)).empty());
  REQUIRE(::stat(path.c_str(), &there) == 0);
  CHECK((there.st_mode & 07777) == row.after);
  CHECK(content(path) == "newer");
}

TEST_CASE("what is not a regular file is written in place") {
  Folder folder;
  auto target = folder / "target";
  auto link = folder / "link";
  std::ofstream(target) << "something longer";
  std::filesystem::create_symlink(target, link);
  CHECK(message(write_file_atomically(link, "new")).empty());
  CHECK(std::filesystem::is_symlink(link));
  CHECK(content(target) == "new");

  auto pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string received;
  std::thread reader([&] { received = content(pipe); });
  std::string large(1U << 20, 'x');
  CHECK(message(write_file_atomically(pipe, large)).empty());
  reader.join();
  CHECK(received == large);
}

TEST_CASE("a file that cannot be written is told, and nothing is left behind") {
  Folder folder;
  CHECK(message(write_file_atomically(folder / "none/file", "x")) ==
        (folder / "none/file") + ": cannot be written: No such file or directory");
  CHECK(message(write_file_atomically(folder.path.string(), "x")) ==
        folder.path.string() + ": cannot be written: Is a directory");
  CHECK(message(write_file_atomically("/dev/full", "x")) ==
        "/dev/full: cannot be written: No space left on device");
  CHECK(message(write_file_atomically("", "x")) ==
        ": cannot be written: No such file or directory");
  auto long_name = folder / std::string(256, 'n').c_str();
  CHECK(message(write_file_atomically(long_name, "x")) ==
        long_name + ": cannot be written: File name too long");
  CHECK(write_file_atomically(folder / "none/file", "x")->kind == Error::Kind::temporary);
  CHECK(folder.count() == 0);
}

TEST_CASE("a file that is made anew is private, and never takes the place of another") {
  Folder folder;
  auto umask = ::umask(0);
  CHECK(!create_file(folder / "new", "octets"));
  ::umask(umask);
  CHECK(content(folder / "new") == "octets");

  struct stat there {};

  REQUIRE(::stat((folder / "new").c_str(), &there) == 0);
  CHECK((there.st_mode & 0777U) == 0600);

  std::filesystem::create_symlink("nowhere", folder / "link");
  for (const auto& path : {folder / "new", folder / "link", folder.path.string()}) {
    auto error = create_file(path, "others");
    REQUIRE(error);
    CHECK(error->kind == Error::Kind::input);
    CHECK(error->where == path);
    CHECK(error->message == "is there already; expected the name of a new file");
  }
  CHECK(content(folder / "new") == "octets");
  CHECK(create_file(folder / "no/folder", "")->kind == Error::Kind::temporary);
  CHECK(folder.count() == 2);
}
