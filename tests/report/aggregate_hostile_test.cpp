// Reports that are damaged, without measure, or written to do harm.
#include <string>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "report/aggregate_text.hpp"

namespace mailtrust::report {
namespace {

using namespace test;

TEST_CASE("a report that is cut anywhere gives its whole records", "[report]") {
  auto document = kHead + record() + record() + kTail;
  auto first = document.find("</record>") + 9;
  auto second = document.find("</record>", first) + 9;
  for (std::size_t size = document.find("<feedback>") + 11; size < document.size() - 1; ++size) {
    INFO(size);
    auto answer = read(document.substr(0, size));
    CHECK(answer.error.empty());
    CHECK(answer.records.size() == (size >= second ? 2 : size >= first ? 1 : 0));
    CHECK(!answer.faults.empty());
  }
}

TEST_CASE("any octet changed leaves the rest", "[report]") {
  auto document = kHead + record() + record() + record() + kTail;
  auto begin = document.find("<record>");
  for (auto at = begin; at < document.size(); ++at)
    for (char octet : {'<', '>', '&', '\0', '"', '\xff'}) {
      INFO(at << ' ' << int{octet});
      auto changed = document;
      changed[at] = octet;
      auto answer = read(changed);
      CHECK(answer.error.empty());
      CHECK(answer.records.size() >= 1);
      CHECK(answer.records.size() <= 3);
    }
}

TEST_CASE("what could make a report mean anything is refused", "[report]") {
  const std::string laughs =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n";
  CHECK(read(laughs + kHead + record() + kTail).error ==
        "2:1: a DOCTYPE: no report has one, and it could make the rest mean anything; refused");
  CHECK(is_aggregate(laughs + "<lolz>&b;</lolz>"));
  CHECK(read(kHead + "<!doctype x>" + kTail).error.starts_with("5:1: a DOCTYPE"));
  // In a comment or a text it is none.
  CHECK(read(kHead + "<!-- <!DOCTYPE x> --><x><![CDATA[<!DOCTYPE x>]]></x>" + record() + kTail)
            .records.size() == 1);
}

TEST_CASE("limits of XML", "[report]") {
  struct Row {
    std::string what;
    std::string text;
    std::string error;  ///< its end; empty: none
  };

  auto many = [](std::size_t count, const std::string& text) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
  };
  auto nested = [&](std::size_t depth) { return many(depth - 1, "<x>") + many(depth - 1, "</x>"); };
  auto attributes = [&](std::size_t count) { return "<x" + many(count, " a='1'") + "/>"; };
  auto text = [](std::size_t size) { return "<x>" + std::string(size, 'x') + "</x>"; };
  auto value = [](std::size_t size) { return "<x a='" + std::string(size, 'x') + "'/>"; };
  auto cdata = [](std::size_t size) {
    return "<x><![CDATA[" + std::string(size - 9, 'x') + "]]></x>";
  };
  const std::string depth = "more than 32 elements within one another, which is the limit";
  const std::string count = "more than 64 attributes of one element, which is the limit";
  const std::string long_text = "a text of more than 65,536 octets, which is the limit";
  const std::string long_value = "a value of more than 65,536 octets, which is the limit";
  auto row = GENERATE_COPY(values<Row>({
      {"depth below", nested(limits::kXmlDepth - 1), ""},
      {"depth at", nested(limits::kXmlDepth), ""},
      {"depth above", nested(limits::kXmlDepth + 1), depth},
      {"a million deep", many(1'000'000, "<x>"), depth},
      {"attributes below", attributes(limits::kXmlAttributes - 1), ""},
      {"attributes at", attributes(limits::kXmlAttributes), ""},
      {"attributes above", attributes(limits::kXmlAttributes + 1), count},
      {"text below", text(limits::kXmlText - 1), ""},
      {"text at", text(limits::kXmlText), ""},
      {"text above", text(limits::kXmlText + 1), long_text},
      {"a value at", value(limits::kXmlText), ""},
      {"a value above", value(limits::kXmlText + 1), long_value},
      {"CDATA at", cdata(limits::kXmlText), ""},
      {"CDATA above", cdata(limits::kXmlText + 1), long_text},
      {"besides the records", many(limits::kReportFragment / 4, "<x/>"),
       "more than 1,048,576 octets besides the records, which is the limit"},
  }));
  INFO(row.what);
  auto answer = read(kHead + row.text + record() + kTail);
  CHECK(answer.error.ends_with(row.error));
  CHECK(answer.error.empty() == row.error.empty());
  CHECK(answer.records.size() == (row.error.empty() ? 1 : 0));
}

TEST_CASE("a record without measure is left out", "[report]") {
  std::string many;
  while (many.size() < limits::kReportFragment) many += "<x>some text</x>";
  auto large = record();
  large.insert(large.find("<row>"), many);
  auto answer = read(kHead + record() + large + record() + kTail);
  CHECK(answer.records == All{kRecord, kRecord});
  CHECK(answer.faults ==
        All{"6:1: a record of more than 1,048,576 octets, which is the limit; it is "
            "left out"});
}

TEST_CASE("of a very long document in another charset the beginning is read", "[report]") {
  constexpr auto kMost = limits::kReportConverted / 2;
  std::string head = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>" +
                     kHead.substr(kHead.find('\n')) + "<!-- \xe9 -->" + record();
  for (std::size_t beyond : {0U, 1U}) {
    auto document = head + kTail;
    document.resize(kMost + beyond, ' ');
    auto answer = read(document);
    CHECK(answer.error.empty());
    CHECK(answer.records.size() == 1);
    bool is_told = false;
    for (const auto& fault : answer.faults)
      is_told = is_told || fault.find("in another charset than UTF-8") != std::string::npos;
    CHECK(is_told == (beyond > 0));
  }
}

TEST_CASE("faults are counted", "[report]") {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "<x>&</x>\n";
  CHECK(read(kHead + many + kTail).faults.size() == limits::kMessagesPerInput);
}

}  // namespace
}  // namespace mailtrust::report
