#include "report/envelope.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/base64.hpp"
#include "support/gzip.hpp"
#include "support/zip.hpp"

namespace mailtrust::report {
namespace {

const std::string kXml = "<?xml version=\"1.0\"?>\n<feedback><version>1.0</version></feedback>\n";
const std::string kJson = "{\"organization-name\": \"Example\", \"policies\": []}";

std::string word(Kind kind) {
  switch (kind) {
    case Kind::aggregate: return "aggregate";
    case Kind::tls: return "tls";
    case Kind::failure: return "failure";
    case Kind::other: break;
  }
  return "other";
}

/// "KIND NAME" or "KIND NAME! FAULT" of each document, and the Error.
std::vector<std::string> open(std::string_view octets) {
  std::vector<std::string> all;
  auto opened = open_envelope(octets, [&](const Document& document) {
    auto& line = all.emplace_back(word(document.kind) + ' ' + document.name);
    if (!document.fault.empty()) line += "! " + document.fault;
    if (document.kind == Kind::aggregate && document.fault.empty())
      CHECK(document.octets.find(kXml.substr(0, kXml.size() - 1)) != std::string::npos);
    return true;
  });
  if (!opened) all.push_back("error: " + opened.error().message);
  return all;
}

std::string attachment(const std::string& type, const std::string& octets) {
  return "--=b\r\nContent-Type: " + type +
         "\r\nContent-Disposition: attachment; filename=x\r\n"
         "Content-Transfer-Encoding: base64\r\n\r\n" +
         encode_base64(octets) + "\r\n";
}

const std::string kText = "--=b\r\nContent-Type: text/plain\r\n\r\nThis is a report.\r\n";

std::string mail(const std::string& parts) {
  return "From: reports@example.net\r\nTo: dmarc@example.org\r\nSubject: Report Domain: "
         "example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
         "boundary=\"=b\"\r\n\r\n" +
         parts + "--=b--\r\n";
}

using All = std::vector<std::string>;

TEST_CASE("reports in what they come in", "[report]") {
  struct Row {
    std::string what;
    std::string octets;
    All documents;
  };

  auto zipped = test::zip({{"a.xml", kXml}});
  auto forwarded = mail(kText + "--=b\r\nContent-Type: message/rfc822\r\n\r\n" +
                        "Subject: inner\r\nContent-Type: application/gzip\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\n" +
                        encode_base64(test::gzip(kXml)) + "\r\n");
  auto row = GENERATE_COPY(values<Row>({
      {"xml", kXml, {"aggregate "}},
      {"json", kJson, {"tls "}},
      {"gzip", test::gzip(kXml), {"aggregate "}},
      {"gzip of JSON", test::gzip(kJson), {"tls "}},
      {"zip", zipped, {"aggregate (a.xml)"}},
      {"zip of several",
       test::zip({{"d/", ""}, {"a.xml", kXml}, {"b.json", kJson}, {"readme.txt", "hello"}}),
       {"aggregate (a.xml)", "tls (b.json)"}},
      {"a mail with gzip",
       mail(kText + attachment("application/gzip", test::gzip(kXml))),
       {"aggregate (part 2)"}},
      {"a mail with zip",
       mail(kText + attachment("application/zip", zipped)),
       {"aggregate (part 2)(a.xml)"}},
      {"a type that says nothing",
       mail(kText + attachment("application/octet-stream", test::gzip(kXml))),
       {"aggregate (part 2)"}},
      {"a type that is wrong",
       mail(attachment("text/plain", zipped)),
       {"aggregate (part 1)(a.xml)"}},
      {"XML as text", mail(kText + attachment("text/xml", kXml)), {"aggregate (part 2)"}},
      {"TLS",
       mail(kText + attachment("application/tlsrpt+gzip", test::gzip(kJson))),
       {"tls (part 2)"}},
      {"TLS as it is",
       mail(kText + attachment("application/tlsrpt+json", kJson)),
       {"tls (part 2)"}},
      {"two of them",
       mail(attachment("application/gzip", test::gzip(kXml)) + attachment("text/xml", kXml)),
       {"aggregate (part 1)", "aggregate (part 2)"}},
      {"forwarded", forwarded, {"aggregate (part 2)(part 1)"}},
      {"the mail is the report",
       "Subject: x\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n" +
           encode_base64(zipped),
       {"aggregate (part 1)(a.xml)"}},
      {"inline", "Subject: x\n\nHello, here it is:\n\n" + kXml, {"aggregate (part 1)"}},
      {"behind a From line",
       "From a@example.net Mon Jan  1 00:00:00 2024\n" + mail(attachment("text/xml", kXml)),
       {"aggregate (part 1)"}},
      {"damaged gzip",
       test::gzip(kXml).substr(0, 60),
       {"aggregate ! the gzip data are cut: their end is missing"}},
      {"an archive within an archive",
       test::gzip(zipped),
       {"other ! an archive within an archive, which is not opened"}},
      {"one of them within an archive",
       test::zip({{"a.xml.gz", test::gzip(kXml)}, {"b.xml", kXml}}),
       {"other (a.xml.gz)! an archive within an archive, which is not opened",
        "aggregate (b.xml)"}},
      {"encrypted", test::zip({{"a.xml", kXml, true, 1}}), {"other (a.xml)! it is encrypted"}},
      {"nothing", "", {"other ! it is empty"}},
      {"a text",
       "hello\n",
       {"other ! neither a DMARC report nor a TLS report, nor a mail with one"}},
      {"a mail without", mail(kText), {"other ! a mail without a report"}},
      {"an empty zip",
       test::zip({}),
       {"other ! neither a DMARC report nor a TLS report, nor a mail with one"}},
      {"xz",
       std::string("\xfd"
                   "7zXZ\0\0",
                   7),
       {"other ! packed by xz; gzip and zip are read"}},
      {"a web page", "<!DOCTYPE html><html>", {"other ! a web page"}},
      {"S/MIME",
       "Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx",
       {"other ! a mail in S/MIME (encrypted or signed), which cannot be read"}},
      {"OpenPGP",
       "Subject: x\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n",
       {"other ! a mail encrypted by OpenPGP, which cannot be read"}},
      {"TNEF",
       mail(kText + attachment("application/ms-tnef", "\x78\x9f\x3e\x22")),
       {"other ! a mail whose attachments are in winmail.dat (TNEF): have them sent in MIME"}},
  }));
  INFO(row.what);
  CHECK(open(row.octets) == row.documents);
}

std::string feedback(const std::string& type) {
  return "From: x@example.net\nContent-Type: multipart/report; report-type=feedback-report; "
         "boundary=b\n\n--b\nContent-Type: text/plain\n\nText\n--b\n"
         "Content-Type: message/feedback-report\n\nFeedback-Type: " +
         type + "\nVersion: 1\n\n--b\nContent-Type: text/rfc822-headers\n\nSubject: y\n--b--\n";
}

TEST_CASE("a failure report is the mail itself", "[report]") {
  auto octets = feedback("auth-failure");
  std::string whole;
  CHECK(open_envelope(octets, [&](const Document& document) {
    CHECK(document.kind == Kind::failure);
    whole = document.octets;
    return true;
  }));
  CHECK(whole == octets);
  CHECK(open("Subject: fwd\nContent-Type: message/rfc822\n\n" + octets) == All{"failure (part 1)"});
  CHECK(open(feedback("abuse")) ==
        All{"other ! a complaint (\"abuse\"): `mailtrust abuse read` reads it"});
}

TEST_CASE("bombs and crowds end in an error that names the limit", "[report]") {
  auto bomb = test::gzip_bomb();
  const std::string over =
      "error: more than 134,217,728 octets when inflated, which is the limit; the rest is left out";
  CHECK(open(bomb) == All{over});
  CHECK(open(mail(attachment("text/xml", kXml) + attachment("application/gzip", bomb))) ==
        All{"aggregate (part 1)", over});
  std::vector<test::ZipMember> many(101, {"a.xml", kXml});
  auto all = open(test::zip(many));
  CHECK(all.size() == 101);
  CHECK(all.back() ==
        "error: more than 100 members in the archive, which is the limit; the rest is left out");
  many.pop_back();
  CHECK(open(test::zip(many)).size() == 100);
  many.pop_back();
  CHECK(open(test::zip(many)).size() == 99);
}

TEST_CASE("mails within mails end", "[report]") {
  auto octets = kXml;
  for (int i = 0; i < 30; ++i) octets = "Content-Type: message/rfc822\n\n" + octets;
  CHECK(open(octets) == All{"other ! a mail without a report"});
}

TEST_CASE("no more documents than wanted", "[report]") {
  int count = 0;
  auto stop = [&](const Document&) { return ++count < 1; };
  auto two = mail(attachment("text/xml", kXml) + attachment("text/xml", kXml));
  CHECK(open_envelope(two, stop));
  CHECK(open_envelope(test::zip({{"a", kXml}, {"b", kXml}}), stop));
  CHECK(count == 2);
}

}  // namespace
}  // namespace mailtrust::report
