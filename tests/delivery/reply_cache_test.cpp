#include "delivery/reply_cache.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust;
using bounce::Reason;
using bounce::Type;

namespace {

struct Masked {
  std::string_view text;
  std::string_view masked;
};

struct Expired {
  std::string_view text;
  std::string_view status;
  Reason reason;
};

}  // namespace

TEST_CASE("what differs in each reply is masked, what a receiver numbers is not") {
  auto row = GENERATE(values<Masked>({
      {"550 5.1.1 <ann@example.net>: User unknown", "550 5.1.1 <@>: User unknown"},
      {"host mx.example.net[192.0.2.25] said", "host mx.example.net[#] said"},
      {"connect to mx[2001:db8::1]:25", "connect to mx[#]:25"},
      {"try later 20abc-def1234ghi.99 - gsmtp", "try later # - gsmtp"},
      {"(S3150) AS780090 5.7.26 RLY:B1", "(S3150) AS780090 5.7.26 RLY:B1"},
      {"", ""},
  }));
  std::string out;
  delivery::append_masked(out, row.text, "ann@example.net");
  CHECK(out == row.masked);
}

TEST_CASE("a message given up for its age is expired, unless its last reply says why") {
  auto row = GENERATE(values<Expired>({
      {"", "", Reason::expired},
      {"connect to mx.example.net[192.0.2.25]:25: Connection timed out", "4.4.1", Reason::expired},
      {"452 4.2.2 mailbox full", "4.2.2", Reason::mailbox_full},
  }));
  maillog::Event event;
  event.kind = maillog::Event::Kind::failed;
  event.recipient = "ann@example.net";
  event.remote = "mx.example.net";
  event.text = row.text;
  event.status = row.status;
  event.expired = true;
  delivery::ReplyCache cache;
  INFO(row.text);
  auto verdict = cache.verdict(event);
  CHECK(verdict.reason == row.reason);
  CHECK(verdict.type == Type::soft);
  CHECK(cache.verdict(event).reason == row.reason);
}

TEST_CASE("the same words for another recipient have the same verdict") {
  delivery::ReplyCache cache;
  maillog::Event event;
  event.kind = maillog::Event::Kind::failed;
  event.status = "5.1.1";
  for (std::string name : {"ann", "bob", "cleo"}) {
    auto address = name + "@example.net";
    auto text = "550 5.1.1 <" + address + ">: Recipient address rejected: User unknown";
    event.recipient = address;
    event.text = text;
    CHECK(cache.verdict(event).type == Type::hard);
  }
}
