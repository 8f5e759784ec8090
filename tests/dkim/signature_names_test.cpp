#include "dkim/signature_names.hpp"

#include <catch2/catch.hpp>

#include "message/reader.hpp"

using namespace mailtrust;

TEST_CASE("domain and selector are read from the signatures of a header") {
  struct Row {
    const char* what;
    std::string message;
    std::string names;
  };

  auto row = GENERATE(values<Row>({
      {"none", "From: a@example.org\r\n\r\nDKIM-Signature: d=a; s=b\r\n", ""},
      {"folded",
       "Received: x\r\nDKIM-Signature: v=1; a=rsa-sha256;\r\n d=example.org;\r\n\ts=s1; b=\r\n\r\n",
       "s1@example.org "},
      {"bare LF", "DKIM-signature: d=example.org; s=s1\n\nbody", "s1@example.org "},
      {"two, one twice",
       "DKIM-Signature: d=a.example; s=x\nDKIM-Signature: d=b.example; s=y\n"
       "DKIM-Signature: d=a.example; s=x\n",
       "x@a.example y@b.example "},
      {"mbox", "From a@b Mon Jan  1 00:00:00 2026\nDKIM-Signature: d=a.example; s=x\n",
       "x@a.example "},
      {"no selector", "DKIM-Signature: d=a.example\n", ""},
      {"not a field", "DKIM-Signature\n", ""},
      {"empty", "", ""},
  }));
  INFO(row.what);
  std::string names;
  message::HeldOctets octets(row.message);
  auto header = message::Reader(octets, row.what).header();
  for (const auto& name : dkim::signature_names(*header))
    names += name.selector + '@' + name.domain + ' ';
  CHECK(names == row.names);
}
