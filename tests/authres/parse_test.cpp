#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "authres/authres.hpp"

using namespace mailtrust::authres;

namespace {

// "dkim=pass reason=[...] header.d=example.org | spf=fail": every statement as it was understood.
std::string spelled(const Results& results) {
  std::string text;
  for (const auto& statement : results.statements) {
    if (!text.empty()) text += " | ";
    text += statement.method + '=' + statement.result;
    if (!statement.reason.empty()) text += " reason=[" + statement.reason + ']';
    for (const auto& [name, value] : statement.properties) text += ' ' + name + "=[" + value + ']';
  }
  return text;
}

struct Row {
  std::string what;
  std::string value;
  std::string id;
  std::string statements;
  bool well_formed = true;
};

}  // namespace

TEST_CASE("Authentication-Results: what the grammar of RFC 8601 section 2.2 allows") {
  auto row = GENERATE(values<Row>({
      {"B.1 no results", " example.org 1; none", "example.org", ""},
      {"none without a version", " example.org; none", "example.org", ""},
      {"B.3 one result", " example.com; spf=pass smtp.mailfrom=example.net", "example.com",
       "spf=pass smtp.mailfrom=[example.net]"},
      {"B.4 several, folded",
       " example.com;\r\n    auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n    spf=pass "
       "smtp.mailfrom=example.net",
       "example.com",
       "auth=pass smtp.auth=[sender@example.net] | spf=pass smtp.mailfrom=[example.net]"},
      {"B.6 comments everywhere",
       " foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for "
       "it) fail\r\n policy (A dot can go here) . (like that) expired\r\n (this surprised me) = "
       "(as I wasn't expecting it) 1362471462",
       "foo.example.net", "dkim=fail policy.expired=[1362471462]"},
      {"reason, quoted", " a.example; dkim=fail reason=\"bad; really (so)\" header.d=example.org",
       "a.example", "dkim=fail reason=[bad; really (so)] header.d=[example.org]"},
      {"an at sign that ends a quoted string",
       " a.example; spf=fail reason=\"by @\" smtp.helo=b.example", "a.example",
       "spf=fail reason=[by @] smtp.helo=[b.example]"},
      {"authserv-id quoted", " \"a b\\\"c.example\"; none", "a b\"c.example", ""},
      {"quoted pair in a comment", " a.example (a \\) b); spf=none", "a.example", "spf=none"},
      {"nested comments", " (a (b (c))) a.example; spf=none", "a.example", "spf=none"},
      {"identity without local part", " a.example; dkim=pass header.i=@example.org", "a.example",
       "dkim=pass header.i=[@example.org]"},
      {"quoted local part", " a.example; spf=pass smtp.mailfrom=\"a b;\"@example.org", "a.example",
       "spf=pass smtp.mailfrom=[a b;@example.org]"},
      {"comments around the at sign", " a.example; spf=pass smtp.mailfrom=a (x) @ (y) example.org",
       "a.example", "spf=pass smtp.mailfrom=[a@example.org]"},
      {"values as they occur",
       " a.example; dkim=pass header.b=ab/c+d= smtp.mailfrom=b=a@example.org", "a.example",
       "dkim=pass header.b=[ab/c+d=] smtp.mailfrom=[b=a@example.org]"},
      {"UTF-8 (RFC 8601 section 2.2, RFC 6532)",
       " m\xc3\xbcnchen.example; spf=pass "
       "smtp.mailfrom=gr\xc3\xbc\xc3\x9f@m\xc3\xbcnchen.example",
       "m\xc3\xbcnchen.example",
       "spf=pass smtp.mailfrom=[gr\xc3\xbc\xc3\x9f@m\xc3\xbcnchen.example]"},
      {"semicolon at the end", " a.example; spf=pass;", "a.example", "spf=pass"},
      {"bare LF folds", " a.example;\n spf=pass", "a.example", "spf=pass"},
      {"arc without properties",
       " a.example; arc=none; dmarc=pass (p=NONE) header.from=example.org", "a.example",
       "arc=none | dmarc=pass header.from=[example.org]"},
      {"method version", " a.example; spf/1=pass", "a.example", "spf=pass"},
  }));
  INFO(row.what);
  auto results = parse(row.value);
  INFO(results.problem);
  CHECK(results.authserv_id == row.id);
  CHECK(spelled(results) == row.statements);
  CHECK(results.problem.empty());
}

TEST_CASE("Authentication-Results: what is malformed is read as far as it goes, and said to be") {
  auto row = GENERATE(values<Row>({
      {"empty", "", "", ""},
      {"only an id", " a.example", "a.example", ""},
      {"only an id and a semicolon", " a.example;", "a.example", ""},
      {"no id, as some servers write", " spf=pass (sender) smtp.mailfrom=example.org; dkim=none",
       "", "spf=pass smtp.mailfrom=[example.org] | dkim=none"},
      {"property without a type", " a.example; dmarc=pass action=none", "a.example",
       "dmarc=pass action=[none]"},
      {"no semicolon after the id", " a.example dkim=pass; spf=fail", "", "spf=fail"},
      {"comment without an end", " a.example; spf=pass (x; dkim=pass", "a.example", "spf=pass"},
      {"comment without an end before the id", " (a.example; spf=pass", "", ""},
      {"comments nested 65 deep",
       ' ' + std::string(65, '(') + std::string(65, ')') + " a.example; spf=pass", "", ""},
      {"quote without an end", " a.example; spf=pass smtp.mailfrom=\"a; dkim=pass", "a.example",
       "spf=pass"},
      {"quoted id without an end", " \"a.example; spf=pass", "", ""},
      {"no result", " a.example; dkim; spf=pass", "a.example", "spf=pass"},
      {"no method", " a.example; =pass; spf=pass", "a.example", "spf=pass"},
      {"NUL in the id", std::string(" a.exam\0ple; spf=pass", 21), "", "spf=pass"},
      {"lone CR", " a.example\r; spf=pass", "", "spf=pass"},
      {"address as id", " user@a.example; spf=pass", "", "spf=pass"},
  }));
  INFO(row.what);
  auto results = parse(row.value);
  CHECK(results.authserv_id == row.id);
  CHECK(spelled(results) == row.statements);
  CHECK(!results.problem.empty());
}

TEST_CASE("Authentication-Results: the problem says where and what") {
  CHECK(parse(" a.example dkim=pass").problem ==
        "octet 12: after the authserv-id \"a.example\" a \";\" should be");
  CHECK(parse(" a.example; dkim; x=y").problem ==
        "octet 17: \";\" where \"=\" and a result should be");
  CHECK(parse(" a.example;").problem == "there is neither a result nor none");
}

TEST_CASE("Authentication-Results: hostile values take linear time") {
  for (std::string unit : {"(", "\"", "\\\"", "\"\\", "()", "a=b ", ";", "a=b;", "a.b=c ", "@ ",
                           "a=b c.d=@ ", "(a", "\"\" ", "\r\n "}) {
    std::string value = " a.example; ";
    while (value.size() < 250'000) value += unit;
    INFO(unit);
    CHECK(parse(value).statements.size() < 100'000);
  }
}
