#include "bounce/automatic.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "bounce/notice.hpp"

using namespace mailtrust::bounce;  // NOLINT(google-build-using-namespace)

namespace {

Kind kind_of(const std::string& fields) {
  auto notice = read_notice(
      "From: Bob <bob@example.com>\nTo: anna@example.org\n"
      "Date: Fri, 20 Nov 2026 11:40:09 +0000\n" +
      fields + "\nI am away until Monday.\n");
  REQUIRE(notice);
  return notice->kind;
}

}  // namespace

TEST_CASE("automatic replies of many systems and languages") {
  auto fields = GENERATE(
      as<std::string>(), "Subject: Re: x\nAuto-Submitted: auto-replied (vacation)\n",
      "Subject: Re: x\nX-Autorespond: x\n", "Subject: Re: x\nX-Mail-Autoreply: yes\n",
      "Subject: Re: x\nPrecedence: auto_reply\n", "Subject: Re: x\nDelivered-To: Autoresponder\n",
      "Subject: [Auto-Reply] x\n", "Subject: Out of Office AutoReply: x\n",
      "Subject: Abwesenheitsnotiz: x\n", "Subject: Odpowied\xc5\xba automatyczna: x\n",
      "Subject: =?utf-8?b?0JDQstGC0L7QvtGC0LLQtdGC?=: x\n",
      "Subject: =?utf-8?b?44CQ6Ieq5YuV6L+U5L+h44CR?= x\n",
      "Subject: =?utf-8?b?6Ieq5YuV5Zue6KaG?=: x\n",
      "Subject: Auto: x\nIn-Reply-To: <1@example.org>\n",
      "Subject: AUTO: Bob is out of the office (returning 23.11.2026)\n",
      "Subject: Bob is out of the office\nAuto-Submitted: auto-generated\n",
      "Subject: Re: Automatic reply: x\nX-Auto-Response-Suppress: All\n",
      "Subject: Received: x\nAuto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n"
      "In-Reply-To: <1@example.org>\n");
  INFO(fields);
  CHECK(kind_of(fields) == Kind::auto_reply);
}

TEST_CASE("what people and lists write is no automatic reply") {
  auto fields = GENERATE(
      as<std::string>(), "Subject: Re: Automatic reply is broken\nIn-Reply-To: <1@example.org>\n",
      "Subject: Re: [list] out of office plans\nList-Id: <l.example.org>\nPrecedence: bulk\n",
      "Subject: Vacation offers\nPrecedence: bulk\nList-Unsubscribe: <https://example.com/u>\n",
      "Subject: Out of office fashion\nList-Unsubscribe: <https://example.com/u>\n",
      "Subject: Auto: a car for sale\n", "Subject: backup\nAuto-Submitted: auto-generated\n",
      "Subject: on vacation in May?\n");
  INFO(fields);
  CHECK(kind_of(fields) == Kind::message);
}
