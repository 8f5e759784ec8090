// What `verify --receivers` prints: the page and the JSON of made-up messages.
#include "commands/verify_receivers.hpp"

#include <catch2/catch.hpp>

#include "cli/render.hpp"
#include "receivers/message_for_test.hpp"

using namespace mailtrust;

namespace {

cli::Report report(const test::Message& message) {
  cli::Report out;
  out.field("receivers", commands::receivers_value(test::judge(message)),
            commands::receivers_style(true));
  return out;
}

std::string page(const test::Message& message, std::size_t width, bool verbose = false) {
  std::string out;
  cli::Screen screen;
  screen.width = width;
  screen.verbose = verbose;
  cli::append_text(out, report(message), screen);
  return out;
}

std::size_t longest_line(const std::string& text) {
  std::size_t longest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    auto end = std::min(text.find('\n', begin), text.size());
    longest = std::max(longest, end - begin);
    begin = end + 1;
  }
  return longest;
}

test::Message broken() {
  test::Message message;
  message.client = "192.0.2.5";  // no PTR record
  message.replace("<https:", "<http:");
  return message;
}

}  // namespace

TEST_CASE("a message that all would take is five lines and a heading") {
  CHECK(page({}, 80) ==
        "would they take it, as bulk mail:\n"
        "            opinion\n"
        "Gmail       fine     16 of 17 rules kept, 1 not seen in a file\n"
        "Yahoo       fine     14 of 15 rules kept, 1 not seen in a file\n"
        "Microsoft   fine     8 of 9 rules kept, 1 not seen in a file\n"
        "Apple       fine     10 of 11 rules kept, 1 not seen in a file\n"
        "GMX/WEB.DE  fine     10 of 11 rules kept, 1 not seen in a file\n");
}

TEST_CASE("a rule that is not kept stands under its receiver, on any screen") {
  auto width = GENERATE(as<std::size_t>{}, 40, 80, 200);
  auto text = page(broken(), width);
  INFO(text);
  CHECK(longest_line(text) <= width);
  CHECK(text.find("gmail.ptr") != std::string::npos);
  CHECK(text.find("gmail.one-click") != std::string::npos);
  CHECK(text.find("gmail.message-id") == std::string::npos);
  CHECK(text.find("yahoo.one-click") == std::string::npos);
  CHECK(page(broken(), width, true).find("gmail.message-id") != std::string::npos);
}

TEST_CASE("the page says how old a rule is") {
  auto message = broken();
  auto old = "192.0.2.5 has no PTR record (the rule was last seen on 2025-04-10)";
  CHECK(page(message, 200).find(old) == std::string::npos);
  message.now += 366 * 86'400;
  CHECK(page(message, 200).find(old) != std::string::npos);
}

TEST_CASE("every rule is in the JSON, with its source and its date") {
  std::string line;
  cli::append_json_line(line, report(broken()));
  auto holds = [&](const std::string& part) {
    INFO(part << "\n" << line);
    CHECK(line.find(part) != std::string::npos);
  };
  holds(R"({"receiver":"Gmail","opinion":"would refuse")");
  holds(R"("id":"gmail.ptr","opinion":"would refuse","text":"The sending address has a PTR)");
  holds(R"("reason":"192.0.2.5 has no PTR record","source":"https://support.google.com/a/answer/)");
  holds(R"("date":"2026-03-11","old":false,"bulk_only":false,"decides":true)");
  holds(R"("id":"gmail.message-id","opinion":"fine")");
}
