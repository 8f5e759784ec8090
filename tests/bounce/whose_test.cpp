#include "bounce/whose.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "bounce/mailbox_text.hpp"

using namespace mailtrust::bounce;  // NOLINT(google-build-using-namespace)

namespace {

Failure failure_of(const std::string& address, const std::string& original = {}) {
  Failure failure;
  failure.address = address;
  failure.original = original;
  return failure;
}

}  // namespace

TEST_CASE("the mailbox behind what is none") {
  struct Row {
    std::string what;
    Failure told;
    std::vector<Failure> layout;
    std::vector<std::string> recipients;
    std::string address;
  };

  auto row = GENERATE(values<Row>({
      {"a mailbox stays",
       failure_of("b@x.example", "c@x.example"),
       {},
       {"d@x.example"},
       "b@x.example"},
      {"a file, by Original-Recipient",
       failure_of("/var/mail/b", "b@x.example"),
       {},
       {},
       "b@x.example"},
      {"a program, by the text",
       failure_of("|/bin/filter"),
       {failure_of("b@x.example", "|/bin/filter")},
       {},
       "b@x.example"},
      {"a file, by what the text says it was made of",
       failure_of("/var/mail/b@x"),
       {failure_of("/var/mail/b@x", "b@x.example")},
       {},
       "b@x.example"},
      {"a name, by the message",
       failure_of("Bob"),
       {},
       {"a@x.example", "bob@x.example"},
       "bob@x.example"},
      {"a name that the message does not have", failure_of("root"), {}, {"bob@x.example"}, "root"},
      {"X.400, by the only recipient",
       failure_of("/C=DE/S=bob/"),
       {},
       {"bob@x.example"},
       "bob@x.example"},
      {"X.400 within SMTP is a mailbox",
       failure_of("/C=DE/S=bob/@gw.example"),
       {},
       {"bob@x.example"},
       "/C=DE/S=bob/@gw.example"},
      {"Exchange's own",
       failure_of("IMCEAEX-_O=A@x.example", "bob@x.example"),
       {},
       {},
       "bob@x.example"},
      {"a file of which nothing is known",
       failure_of("/dev/null"),
       {},
       {"a@x.example", "b@x.example"},
       "/dev/null"},
  }));
  INFO(row.what);
  std::vector<Failure> told = {row.told};
  name_mailboxes(told, row.layout, row.recipients);
  CHECK(told.front().address == row.address);
}

TEST_CASE("by the place in a list as long") {
  std::vector<Failure> told = {failure_of("a@x.example"), failure_of("|/bin/filter")};
  std::vector<Failure> layout = {failure_of("a@x.example"), failure_of("b@x.example")};
  name_mailboxes(told, layout, {});
  CHECK(told[1].address == "b@x.example");
}

TEST_CASE("mailboxes as notices write them") {
  struct Row {
    std::string text;
    std::string mailbox;
  };

  auto row = GENERATE(values<Row>({
      {"<b@x.example>", "b@x.example"},
      {"<@relay.example,@other.example:b@x.example>", "b@x.example"},
      {"@relay.example:b@x.example", "b@x.example"},
      {"'b@x.example'", "b@x.example"},
      {"\"b@x.example\"", "b@x.example"},
      {"smtp:b@x.example", "b@x.example"},
      {"\"b c\"@x.example", "\"b c\"@x.example"},
      {"IMCEASMTP-b+2Bc+40x+2Eexample@corp.example", "b+c@x.example"},
      {"IMCEASMTP-no+20mailbox@corp.example", "IMCEASMTP-no+20mailbox@corp.example"},
      {"IMCEAEX-_O=A@corp.example", "IMCEAEX-_O=A@corp.example"},
  }));
  INFO(row.text);
  CHECK(mailbox_of(row.text) == row.mailbox);
}
