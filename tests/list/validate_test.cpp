#include "list/validate.hpp"

#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <unistd.h>

using namespace mailtrust;
using list::Code;

namespace {

list::Validation judged(const std::string& octets, const list::ValidateOptions& options = {}) {
  char path[] = "/tmp/mailtrust-test-XXXXXX";
  int descriptor = ::mkstemp(path);
  REQUIRE(descriptor >= 0);
  ::close(descriptor);
  std::ofstream(path, std::ios::binary) << octets;
  auto validation = list::validate(path, options);
  ::unlink(path);
  REQUIRE(validation);
  return std::move(*validation);
}

std::string repeated(std::size_t times, const std::string& before, const std::string& after) {
  std::string text;
  for (std::size_t i = 1; i <= times; ++i) text += before + std::to_string(i) + after + '\n';
  return text;
}

std::size_t count(const list::Validation& validation, Code code) {
  return validation.counts[static_cast<std::size_t>(code)];
}

struct Row {
  std::size_t entries;
  bool mailboxes;
  std::optional<std::size_t> limit;
  bool too_many;
};

}  // namespace

TEST_CASE("how many entries are too many") {
  constexpr std::nullopt_t kDefault = std::nullopt;
  auto row = GENERATE_COPY(values<Row>({
      {499, true, kDefault, false},
      {500, true, kDefault, false},
      {501, true, kDefault, true},
      {501, false, kDefault, false},
      {501, true, 0, false},
      {501, true, 501, false},
      {3, false, 2, true},
      {2, false, 2, false},
      {3, false, 0, false},
  }));
  INFO(row.entries << " entries");
  list::ValidateOptions options;
  options.limit = row.limit;
  auto text = row.mailboxes ? repeated(row.entries, "user", "@example.org")
                            : repeated(row.entries, "2001:db8::", "");
  auto validation = judged(text, options);
  CHECK(validation.entries == row.entries);
  REQUIRE(count(validation, Code::too_many) == (row.too_many ? 1U : 0U));
  if (row.too_many)
    CHECK(validation.warnings.back().line == row.limit.value_or(list::kPersonalLimit) + 1);
}

TEST_CASE("of many errors the first are kept and all are counted") {
  for (std::size_t errors : {list::kMostErrors - 1, list::kMostErrors, list::kMostErrors + 1}) {
    auto validation = judged("192.0.2.1\n" + repeated(errors, "host", ".example"));
    CHECK(validation.error_count == errors);
    CHECK(validation.errors.size() == std::min(errors, list::kMostErrors));
    CHECK(validation.errors.back().line == validation.errors.size() + 1);
    CHECK(validation.entries == 1);
  }
}

TEST_CASE("of many warnings those of the first lines are kept, whatever order they are found in") {
  // The later a line, the lower its address: covered entries are found from the last line on.
  std::string text;
  for (unsigned i = 0; i < 5000; ++i) {
    auto low = 65000 - i * 13;
    text += "11.1." + std::to_string(low >> 8U) + '.' + std::to_string(low & 255U) + '\n';
  }
  auto validation = judged(text + "11.1.0.0/16\n");
  CHECK(count(validation, Code::covered) == 5000);
  REQUIRE(validation.warnings.size() == list::kMostNotes);
  for (std::size_t i = 0; i < list::kMostNotes; ++i) REQUIRE(validation.warnings[i].line == i + 1);
}

TEST_CASE("a list of the other verdict") {
  struct Case {
    std::optional<list::Verdict> verdict;
    std::string message;
  };

  auto row = GENERATE(values<Case>({{list::Verdict::allow, "denied"},
                                    {list::Verdict::deny, "allowed"},
                                    {std::nullopt, "contradicted"}}));
  char path[] = "/tmp/mailtrust-test-XXXXXX";
  int descriptor = ::mkstemp(path);
  ::close(descriptor);
  std::ofstream(path) << "# two\n192.0.2.0/25\n@example.org\n";
  list::ValidateOptions options;
  options.verdict = row.verdict;
  auto opponents = list::Opponents::read({list::Origin::Kind::file, path}, {}, options.pack);
  ::unlink(path);
  REQUIRE(opponents);
  options.against.push_back(std::move(*opponents));
  auto validation = judged("192.0.2.0/24\na@example.org\n198.51.100.1\n", options);
  REQUIRE(validation.warnings.size() == 2);
  CHECK(validation.warnings[0].message == row.message + " by 192.0.2.0/25 in " + path + ", line 2");
  CHECK(validation.warnings[1].message == row.message + " in " + path + ", line 3");
}

TEST_CASE("a file that is not there is an error of kind input") {
  auto validation = list::validate("/nonexistent/list.txt", {});
  REQUIRE_FALSE(validation);
  CHECK(validation.error().kind == Error::Kind::input);
}
