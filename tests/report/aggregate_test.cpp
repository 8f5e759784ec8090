#include "report/aggregate.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "report/aggregate_text.hpp"
#include "report/document_text.hpp"

namespace mailtrust::report {
namespace {

using namespace test;

std::string utf16(std::string_view ascii, bool big, bool mark) {
  std::string out;
  auto add = [&](char high, char low) {
    out += big ? high : low;
    out += big ? low : high;
  };
  if (mark) add('\xfe', '\xff');
  for (char c : ascii) add('\0', c);
  return out;
}

TEST_CASE("an aggregate report", "[report]") {
  auto answer = read(kHead + record() + record("2001:DB8:0::1", " 12 ") + kTail);
  CHECK(answer.error.empty());
  CHECK(answer.faults.empty());
  CHECK(answer.metadata.org == "Example Reports");
  CHECK(answer.metadata.email == "r@example.net");
  CHECK(answer.metadata.begin == 1700000000);
  CHECK(answer.metadata.end == 1700086399);
  CHECK(answer.metadata.policy.domain == "example.org");
  CHECK(answer.metadata.policy.p == "reject");
  CHECK(answer.metadata.policy.sp == "none");
  CHECK_FALSE(answer.metadata.namespaced);
  auto second = kRecord;
  CHECK(answer.records == All{kRecord, second.replace(0, 11, "2001:db8::1 12")});
}

TEST_CASE("forms that reports come in", "[report]") {
  struct Row {
    std::string what;
    std::string document;
    std::string fault;  ///< none when empty
  };

  auto plain = kHead + record() + kTail;
  auto replaced = [&](std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
    return text;
  };
  auto prefixed = replaced(replaced(plain, "</", "\x01"), "<", "<d:");
  prefixed = replaced(replaced(prefixed, "\x01", "</d:"), "<d:?", "<?");
  auto declared = [&](const std::string& charset) {
    return replaced(plain, "?>", " encoding=\"" + charset + "\"?>");
  };
  auto row = GENERATE_COPY(values<Row>({
      {"RFC 7489", plain, ""},
      {"a prefix", prefixed, ""},
      {"attributes", replaced(plain, "<record>", "<record a='>' b=\"x\" >"), ""},
      {"CRLF", replaced(plain, "\n", "\r\n"), ""},
      {"no declaration", plain.substr(plain.find("<feedback")), ""},
      {"a byte order mark", "\xef\xbb\xbf" + plain, ""},
      {"white space in front", "\n  " + plain, ""},
      {"UTF-16 LE", utf16(plain, false, true), ""},
      {"UTF-16 BE", utf16(plain, true, true), ""},
      {"UTF-16 LE without a mark", utf16(plain, false, false), ""},
      {"UTF-16 BE without a mark", utf16(plain, true, false), ""},
      {"UTF-16 that is said", utf16(declared("UTF-16"), false, true), ""},
      {"UTF-16 that says UTF-8", utf16(declared("UTF-8"), false, true), ""},
      {"says UTF-16", declared("utf-16"),
       "1:1: declares \"utf-16\" but is in single octets; read as UTF-8"},
      {"says an unknown charset", declared("x-unknown"), ""},
      {"comments", replaced(plain, "<row>", "<!-- <record> & -- > --><row><!---->"), ""},
      {"CDATA", replaced(plain, ">none<", "><![CDATA[ no]]><![CDATA[ne ]]><"), ""},
      {"a comment in a text", replaced(plain, ">none<", ">no<!-- x -->ne<"), ""},
      {"references", replaced(plain, ">none<", ">n&#111;&#x6E;e<"), ""},
      {"capitals", replaced(replaced(plain, ">pass<", ">PASS<"), ">fail<", "> Fail\n<"), ""},
      {"extensions", replaced(plain, "<row>", "<x:y xmlns:x='z'><a/><count>9</count></x:y><row>"),
       ""},
      {"a schema around it", "<xs:schema>\n" + plain + "</xs:schema>\n", ""},
      {"a mark twice", "\xef\xbb\xbf\xef\xbb\xbf" + plain, "1:1: 3 octets in front of the XML"},
      {"junk in front", "junk\n" + plain, "1:1: 5 octets in front of the XML"},
      {"junk behind", plain + "junk", "6:12: 5 octets behind the report are left out"},
      {"no feedback", replaced(replaced(plain, "<feedback>", ""), "</feedback>", ""),
       "3:1: <report_metadata> without <feedback> around it"},
      {"no end tags", kHead + replaced(record(), "</identifiers>", ""),
       "5:413: no end tag for <identifiers> before this"},
      {"a slip in an end tag", replaced(plain, "</spf></policy", "</sfp></policy"),
       "5:137: </sfp>, where </spf> belongs"},
      {"a leaf without its end", replaced(plain, "192.0.2.1</source_ip>", "192.0.2.1"),
       "5:34: no end tag for <source_ip> before this"},
      {"an end that ends nothing", replaced(plain, "<row>", "</x><row>"),
       "5:9: </x> that ends nothing; passed over"},
      {"a lone &", replaced(plain, "<row>", "<x>A & B</x><row>"),
       "5:14: \"&\" that begins no reference; read as text"},
      {"a lone <", replaced(plain, "<row>", "<x>a < b</x><row>"),
       "5:14: \"<\" that begins no tag; read as text"},
      {"a control character", replaced(plain, "<row>", std::string("<x>\0</x><row>", 13)),
       "5:12: a control character"},
      {"a text beside elements", replaced(plain, "</row>", "11</row>"), ""},
  }));
  INFO(row.what);
  auto answer = read(row.document);
  CHECK(answer.error.empty());
  CHECK(answer.records == All{kRecord});
  CHECK(answer.metadata.report_id == "17");
  if (row.fault.empty())
    CHECK(answer.faults == All{});
  else
    CHECK((answer.faults.empty() ? "" : answer.faults.front()) == row.fault);
}

TEST_CASE("values as reporters write them", "[report]") {
  struct Row {
    std::string what;
    std::string from, to;
    std::string record;  ///< "": it is left out
    std::string fault;
  };

  auto without = [](std::string text, const std::string& part) {
    return text.erase(text.find(part), part.size());
  };
  auto row = GENERATE_COPY(values<Row>({
      {"pass of RFC 9990", ">none<", ">pass<", "192.0.2.1 1 pass" + kRecord.substr(16), ""},
      {"a mapped address", "192.0.2.1", " ::ffff:192.0.2.1 ", kRecord, ""},
      {"no address", "192.0.2.1", "host.example", "host.example" + kRecord.substr(9),
       "5:15: \"host.example\" is no address"},
      {"no count", "<count>1</count>", "", "",
       "5:10: no <count> in this record, which is left out"},
      {"an empty count", "<count>1<", "<count><", "",
       "5:47: \"\" is no count; the record is left out"},
      {"a negative count", "<count>1<", "<count>-1<", "",
       "5:47: \"-1\" is no count; the record is left out"},
      {"a huge count", "<count>1<", "<count>18446744073709551615<",
       "192.0.2.1 18446744073709551615" + kRecord.substr(11), ""},
      {"a count beyond", "<count>1<", "<count>18446744073709551616<", "",
       "5:47: \"18446744073709551616\" is no count; the record is left out"},
      {"no policy_evaluated",
       "<policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf>"
       "</policy_evaluated>",
       "", "192.0.2.1 1 - - -" + kRecord.substr(26), ""},
      {"a reason", "<spf>fail</spf>",
       "<spf>fail</spf><reason><type>Forwarded</type><comment>A &amp; B</comment></reason>"
       "<reason><type></type><comment/></reason>",
       kRecord + " (forwarded: A & B)", ""},
      {"drafts", "identifiers", "identities", kRecord, ""},
      {"capitals", ">example.org</header", "> Example.ORG </header", kRecord, ""},
      {"no identifiers", "<identifiers><header_from>example.org</header_from></identifiers>", "",
       without(kRecord, "example.org").replace(27, 0, "-"), ""},
      {"no row", "row>", "line>", "", "5:2: no <row> in this record, which is left out"},
  }));
  INFO(row.what);
  auto text = record();
  for (auto at = text.find(row.from); at != std::string::npos;
       at = text.find(row.from, at + row.to.size()))
    text.replace(at, row.from.size(), row.to);
  auto answer = read(kHead + text + record("192.0.2.2") + kTail);
  CHECK(answer.error.empty());
  auto other = kRecord;
  All expected{row.record, other.replace(8, 1, "2")};
  if (row.record.empty()) expected.erase(expected.begin());
  CHECK(answer.records == expected);
  CHECK((answer.faults.empty() ? "" : answer.faults.front()) == row.fault);
}

TEST_CASE("times in a report", "[report]") {
  struct Row {
    std::string text;
    std::int64_t time;  ///< -1: none
  };

  auto row = GENERATE(values<Row>({
      {"1700000000", 1700000000},
      {" 1700000000.999 ", 1700000000},
      {"1700000000123", 1700000000},
      {"0", 0},
      {"2023-11-14T22:13:20Z", 1700000000},
      {"2023-11-14T23:13:20+01:00", 1700000000},
      {"2023-11-14 22:13:20", 1700000000},
      {"Tue, 14 Nov 2023 22:13:20 +0000", 1700000000},
      {"", -1},
      {"yesterday", -1},
      {"-5", -1},
      {"99999999999999999999", -1},
  }));
  INFO(row.text);
  auto document = kHead + record() + kTail;
  document.replace(document.find("1700000000"), 10, row.text);
  auto answer = read(document);
  CHECK(answer.metadata.begin.value_or(-1) == row.time);
  CHECK(answer.faults.empty() == (row.time >= 0));
}

TEST_CASE("RFC 9990 says so by its namespace", "[report]") {
  auto document = kHead + kTail;
  document.replace(document.find("<feedback>"), 10,
                   "<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">");
  CHECK(read(document).metadata.namespaced);
}

TEST_CASE("metadata behind the records is there with the first", "[report]") {
  auto at = kHead.find("<report_metadata>");
  auto answer = read(kHead.substr(0, at) + record() + kHead.substr(at) + record() + kTail);
  CHECK(answer.records == All{kRecord, kRecord});
  CHECK(answer.faults.empty());
  CHECK(answer.metadata.org == "Example Reports");
}

TEST_CASE("charsets", "[report]") {
  auto document = [](const std::string& charset, const std::string& name) {
    auto text = kHead + record() + kTail;
    text.replace(text.find("?>"), 2, " encoding='" + charset + "'?>");
    return text.replace(text.find("Example Reports"), 15, name);
  };
  CHECK(read(document("UTF-8", "B\xc3\xbcro")).metadata.org == "B\xc3\xbcro");
  CHECK(read(document("ISO-8859-1", "B\xfcro")).metadata.org == "B\xc3\xbcro");
  CHECK(read(document("windows-1252", "\x80uro")).metadata.org == "\xe2\x82\xacuro");
  auto wrong = read(document("UTF-8", "B\xfcro"));
  CHECK(wrong.metadata.org == "B\xfcro");
  CHECK(wrong.faults == All{"3:29: an octet that is not UTF-8; such octets stay"});
  auto unknown = read(document("../x", "B\xc3\xbcro"));
  CHECK(unknown.faults == All{"1:1: declares the charset \"../x\", not known here; read as UTF-8"});
  // Columns are octets of what came.
  auto wide = kHead + "<x>&</x>" + record() + kTail;
  CHECK(read(utf16(wide, false, true)).faults ==
        All{"5:7: \"&\" that begins no reference; read as text"});
  auto cut = utf16(kHead + record() + kTail, true, true) + '\0';
  CHECK(read(cut).records == All{kRecord});
}

TEST_CASE("what is no report", "[report]") {
  CHECK(read("").error == ": no DMARC report: there is no <feedback> in it");
  CHECK(read("<a><b/></a>").error == ": no DMARC report: there is no <feedback> in it");
  CHECK_FALSE(is_aggregate("<a><b/></a>"));
  CHECK_FALSE(is_aggregate("<!DOCTYPE html><html></html>"));
  CHECK_FALSE(is_aggregate(""));
  CHECK(is_aggregate(kHead));
  CHECK(is_aggregate("<f:feedback xmlns:f='x'>"));
  CHECK(is_aggregate(utf16(kHead, true, false)));
}

TEST_CASE("a sink that has enough stops", "[report]") {
  int count = 0;
  std::vector<Fault> faults;
  auto document = kHead + record() + record() + kTail;
  auto stop = [&](const Metadata&, const Record&) { return ++count < 1; };
  CHECK(read_aggregate(document, stop, faults));
  CHECK(count == 1);
}

}  // namespace
}  // namespace mailtrust::report
