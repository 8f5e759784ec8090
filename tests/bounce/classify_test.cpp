#include "bounce/classify.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust::bounce;

namespace {

Verdict judge(const std::string& diagnostic) {
  Failure failure;
  failure.diagnostic = diagnostic;
  return classify(failure);
}

}  // namespace

TEST_CASE("text decides before codes") {
  CHECK(judge("550 5.1.1 message refused: virus found").reason == Reason::virus);
  CHECK(judge("552 5.2.2 sender address rejected").reason == Reason::sender_rejected);
  CHECK(judge("550 5.7.1 user unknown").reason == Reason::bad_mailbox);
}

TEST_CASE("codes decide where no words do") {
  CHECK(judge("550 5.1.1 x").rule == "status.5.1.1");
  CHECK(judge("550 5.2.2 x").reason == Reason::mailbox_full);
  CHECK(judge("552 x").rule == "code.552");
  CHECK(judge("550 x").reason == Reason::undetermined);
  CHECK(judge("550 x").type == Type::unknown);
  CHECK(judge("550 x").rule.empty());
  CHECK(judge("").reason == Reason::undetermined);
}

TEST_CASE("what means try again is never hard") {
  auto said = GENERATE(values<std::string>({"450 4.1.1 user unknown", "450 user unknown",
                                            "4.1.1 user unknown", "450 5.1.1 user unknown",
                                            "421 no such user", "450 4.1.2 host unknown"}));
  INFO(said);
  CHECK(judge(said).type == Type::soft);
  CHECK(judge("550 5.1.1 user unknown").type == Type::hard);
}

TEST_CASE("a delayed message is never hard") {
  Failure failure;
  failure.diagnostic = "550 5.1.1 user unknown";
  failure.action = Action::delayed;
  CHECK(classify(failure).type == Type::soft);
  failure.action = Action::delivered;
  CHECK(classify(failure).reason == Reason::delivered);
}

TEST_CASE("nobody's address is proven by an answer to RCPT or a status about addresses") {
  struct Case {
    std::string said, command, system;
    Reason reason;
  };

  auto row = GENERATE(values<Case>({
      {"550 user unknown", "RCPT", "postfix", Reason::bad_mailbox},
      {"550 user unknown", "DATA", "postfix", Reason::recipient_rejected},
      {"550 5.1.1 user unknown", "DATA", "postfix", Reason::bad_mailbox},
      {"550 user unknown", "MAIL", "postfix", Reason::sender_rejected},
      {"550 user unknown", "", "example", Reason::recipient_rejected},
      {"user unknown", "", "example", Reason::bad_mailbox},
      {"550 user unknown", "", "", Reason::bad_mailbox},
      {"550 user unknown (in reply to end of DATA command)", "", "postfix",
       Reason::recipient_rejected},
  }));
  INFO(row.said << " " << row.command);
  Failure failure;
  failure.diagnostic = row.said;
  failure.command = row.command;
  failure.system = row.system;
  CHECK(to_string(classify(failure).reason) == to_string(row.reason));
}

TEST_CASE("words inside longer words and addresses do not count") {
  CHECK(judge("550 see https://example.com/user-unknown").reason != Reason::bad_mailbox);
  CHECK(judge("550 5.2.2 <virusnospam@example.com> x").reason == Reason::mailbox_full);
}

TEST_CASE("the more telling status is told") {
  Failure failure;
  failure.status = Status{5, 1, 1};
  failure.diagnostic = "550 5.0.0 x";
  CHECK(to_string(classify(failure).status.value()) == "5.1.1");
  failure.diagnostic = "550 5.2.2 x";
  CHECK(to_string(classify(failure).status.value()) == "5.2.2");
}

TEST_CASE("hostile diagnostics are classified") {
  auto unit = GENERATE(values<std::string>(
      {"5", "550 ", "user ", "spam ", "\xff", std::string(1, '\0'), "5.1.1 ", "spf * dkim "}));
  Failure failure;
  while (failure.diagnostic.size() < 200'000) failure.diagnostic += unit;
  auto verdict = classify(failure);
  CHECK(verdict.reason <= Reason::auto_reply);
}
