#include "delivery/key.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

struct Row {
  std::string_view address;
  std::string_view key;
};

}  // namespace

TEST_CASE("senders are known without what differs in each message") {
  auto row = GENERATE(values<Row>({
      {"News@Example.ORG", "news@example.org"},
      {"<news@example.org>", "news@example.org"},
      {"", "<>"},
      {"<>", "<>"},
      {"bounce+ann=example.net@list.example", "bounce+*@list.example"},
      {"bounces-7-ann=example.net@list.example", "bounces+*@list.example"},
      {"owner-news+ann=example.net@list.example", "owner-news+*@list.example"},
      {"prvs=12345678ab=ann@example.org", "ann@example.org"},
      {"SRS0=xyz=AB=example.net=ann@forward.example", "srs0=*@forward.example"},
      {"srs1=x=first.example==y=AB=example.net=ann@forward.example", "srs1=*@forward.example"},
      {"a=b@example.org", "a=b@example.org"},  // no domain behind the sign
      {"first-last@example.org", "first-last@example.org"},
      {"prvs=12@example.org", "prvs=12@example.org"},
      {"root", "root"},
  }));
  std::string room;
  INFO(row.address);
  CHECK(delivery::sender_of(row.address, room) == row.key);
}

TEST_CASE("domains of recipients") {
  auto row = GENERATE(values<Row>({
      {"ann@Example.NET", "example.net"},
      {"<ann@example.net>", "example.net"},
      {"\"a@b\"@example.net", "example.net"},
      {"ann", ""},
      {"example.net", "example.net"},
      {"|/usr/bin/filter.sh -x", ""},
      {"", ""},
      {"ann@", ""},
  }));
  std::string room;
  INFO(row.address);
  CHECK(delivery::domain_of(row.address, room) == row.key);
}
