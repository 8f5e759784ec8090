#include <filesystem>
#include <fstream>
#include <vector>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/program.hpp"
#include "commands/message_options.hpp"
#include "message/reader.hpp"

using namespace mailtrust;

namespace files = std::filesystem;

namespace {

struct Options {
  commands::MessageOptions messages;
};

cli::Report subject_of(mailbox::Item& item, const Options& options) {
  cli::Report report;
  report.json("file", files::path(item.file).filename().string());
  if (item.index > 0) report.json("index", item.index);
  message::Reader reader(*item.octets, mailbox::name_of(item), options.messages.max_size);
  auto header = reader.header();
  if (!header) return report.error(header.error());
  auto piece = reader.body();
  while (piece && !piece->empty()) piece = reader.body();
  if (!piece) return report.error(piece.error());
  const auto* subject = header->find("Subject");
  report.field("subject", subject != nullptr ? message::unfold(subject->value) : "none");
  if (const auto* more = header->find("Also"))
    report.also(cli::Report().json("also", more->value)).also(cli::Report().error({}));
  return report;
}

void add_subject(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto command = program.command("subject", "Show subjects");
  commands::add_message_options(command, options->messages);
  command.messages(
      "FILE", "messages",
      [options](mailbox::Item& item, cli::Context&) { return subject_of(item, *options); },
      {.kind = cli::Work::Kind::computes_and_waits, .questions = 0, .key = "file"});
}

struct Ended {
  int status = -1;
  std::string out;
};

/// The process with a command that shows subjects, as a child with its output in a file.
Ended run(const files::path& folder, std::vector<std::string> arguments,
          const std::string& input = "/dev/null") {
  auto out = (folder / "..out").string();
  auto child = ::fork();
  if (child == 0) {
    ::dup2(::open(input.c_str(), O_RDONLY), STDIN_FILENO);
    ::dup2(::open(out.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600), STDOUT_FILENO);
    ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
    arguments.insert(arguments.begin(), {"mailtrust", "subject", "--json"});
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    const std::vector<cli::Contents> contents = {{"subject", add_subject}};
    ::_exit(cli::run(static_cast<int>(argv.size()), argv.data(), contents));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  constexpr std::string_view kSchema = "\"schema\":1,";
  Ended ended{WIFEXITED(status) ? WEXITSTATUS(status) : -1, {}};
  std::ifstream lines(out);
  for (std::string line; std::getline(lines, line);)
    ended.out += line.erase(line.find(kSchema), kSchema.size()) + '\n';
  return ended;
}

class Folder {
 public:
  Folder() {
    std::string name = files::temp_directory_path() / "messages-test-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }

  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  ~Folder() { files::remove_all(path_); }

  std::string write(const std::string& name, const std::string& octets) const {
    std::ofstream(path_ / name, std::ios::binary) << octets;
    return path_ / name;
  }

  [[nodiscard]] const files::path& path() const { return path_; }

 private:
  files::path path_;
};

}  // namespace

TEST_CASE("each message is answered, in order, and the bad ones do not cost the good") {
  Folder folder;
  folder.write("a.eml", "Subject: a\n\n");
  folder.write("b", "From x@y.example\nSubject: b1\n\n\nFrom x@y.example\nSubject: b2\n\n" +
                        std::string(2'000'000, 'x') + "\n\nFrom x@y.example\nSubject: b3\n\n");
  auto missing = (folder.path() / "missing").string();
  auto ended = run(folder.path(), {folder.path(), missing, "-"}, folder.path() / "a.eml");
  CHECK(ended.status == 2);
  CHECK(ended.out ==
        "{\"file\":\"a.eml\",\"subject\":\"a\"}\n"
        "{\"file\":\"b\",\"index\":1,\"subject\":\"b1\"}\n"
        "{\"file\":\"b\",\"index\":2,\"subject\":\"b2\"}\n"
        "{\"file\":\"b\",\"index\":3,\"subject\":\"b3\"}\n"
        "{\"file\":\"" +
            missing +
            "\",\"error\":{\"kind\":\"input\",\"message\":\"cannot be read: No such file or "
            "directory\"}}\n"
            "{\"file\":\"-\",\"subject\":\"a\"}\n");
}

TEST_CASE("a message may have several answers, and one that fails makes the status") {
  Folder folder;
  folder.write("a.eml", "Subject: a\nAlso: more\n\n");
  folder.write("b.eml", "Subject: b\n\n");
  auto ended = run(folder.path(), {folder.path(), "--jobs", "2"});
  CHECK(ended.status == 2);
  CHECK(ended.out ==
        "{\"file\":\"a.eml\",\"subject\":\"a\"}\n"
        "{\"also\":\" more\"}\n"
        "{\"error\":{\"kind\":\"input\",\"message\":\"\"}}\n"
        "{\"file\":\"b.eml\",\"subject\":\"b\"}\n");
}

TEST_CASE("a message over --max-size is an error, those behind it are answered") {
  Folder folder;
  auto path = folder.write("b", "From x@y.example\nSubject: b1\n\n" + std::string(2'000'000, 'x') +
                                    "\n\nFrom x@y.example\nSubject: b2\n\n");
  auto ended = run(folder.path(), {"--max-size", "1M", path});
  CHECK(ended.status == 2);
  CHECK(ended.out ==
        "{\"file\":\"b\",\"index\":1,\"error\":{\"kind\":\"input\",\"message\":\"the message is "
        "larger than 1 MiB\"}}\n"
        "{\"file\":\"b\",\"index\":2,\"subject\":\"b2\"}\n");
}

TEST_CASE("--mbox-format says what the mailbox does not") {
  Folder folder;
  auto mbox = folder.write("b",
                           "From x@y.example\nContent-Length: 999999999\n\n\n"
                           "From x@y.example\nSubject: b2\n\n");
  CHECK(run(folder.path(), {mbox}).out ==
        "{\"file\":\"b\",\"index\":1,\"subject\":\"none\"}\n"
        "{\"file\":\"b\",\"index\":2,\"subject\":\"b2\"}\n");
  CHECK(run(folder.path(), {"--mbox-format", "mboxcl2", mbox}).out ==
        "{\"file\":\"b\",\"index\":1,\"subject\":\"none\"}\n");
  CHECK(run(folder.path(), {"--mbox-format", "maildir", mbox}).status == 2);
}

TEST_CASE("--input names the files of messages") {
  Folder folder;
  auto path = folder.write("a.eml", "Subject: a\n\n");
  auto list = folder.write("list", "# some\n" + path + "\n\n" + path + "\n");
  CHECK(run(folder.path(), {"--input", list}).out ==
        "{\"file\":\"a.eml\",\"subject\":\"a\"}\n{\"file\":\"a.eml\",\"subject\":\"a\"}\n");
}

TEST_CASE("no file, and a directory without messages") {
  Folder folder;
  CHECK(run(folder.path(), {}).status == 2);
  auto ended = run(folder.path(), {folder.path()});
  CHECK(ended.status == 2);
  CHECK(ended.out.find("holds no message") != std::string::npos);
}

TEST_CASE("a Maildir without mail is nothing to complain about") {
  Folder folder;
  for (const auto* name : {"cur", "new", "tmp"}) files::create_directory(folder.path() / name);
  auto ended = run(folder.path(), {folder.path()});
  CHECK(ended.status == 0);
  CHECK(ended.out.empty());
}

TEST_CASE("sizes as people write them") {
  CHECK(commands::parse_size("1").value() == 1);
  CHECK(commands::parse_size("64K").value() == 64U << 10U);
  CHECK(commands::parse_size("64m").value() == 64U << 20U);
  CHECK(commands::parse_size("2G").value() == std::size_t{2} << 30U);
  for (const auto* text :
       {"", "K", "0", "0K", "-1", "1.5M", "1T", "1 K", "18446744073709551616", "99999999999999G"})
    CHECK_FALSE(commands::parse_size(text));
}
