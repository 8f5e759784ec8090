#include "received/lint.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "received/traces.hpp"

using namespace mailtrust;
using namespace mailtrust::received_test;

TEST_CASE("delays are between dates, whatever their zones") {
  auto trace = trace_of(dated({{kInternal, "11:00:05 +0100"},
                               {kPublic, "05:00:45 -0500"},
                               {kForged, "nonsense"},
                               {kForged, "09:00:00 +0000"}}));
  CHECK(trace.hops[0].delay == -40);
  CHECK(trace.hops[1].delay == 3645);
  CHECK(!trace.hops[2].delay);
  CHECK(!trace.hops[3].delay);
  CHECK(flags_of(trace.hops[0]).empty());
  REQUIRE(received::longest_wait(trace) != nullptr);
  CHECK(received::longest_wait(trace)->index == 1);
}

TEST_CASE("a hop more than five minutes older than the one below is told") {
  auto flags = [](const std::string& older) {
    return flags_of(trace_of(dated({{kPublic, "10:00:00 +0000"}, {kPublic, older}})).hops[0]);
  };
  CHECK(flags("10:05:00 +0000").empty());
  CHECK(flags("10:05:01 +0000") == "time_travel");
}

TEST_CASE("findings say what does not fit, once each") {
  auto ids = [](const received::Trace& trace) {
    std::string all;
    for (const auto& found : received::lint(trace, "a.eml")) all += found.id + ' ';
    return all;
  };
  CHECK(ids(trace_of({kPublic})).empty());
  CHECK(ids(trace_of({kInternal})) == "received.no-origin ");
  auto headless = received::lint(trace_of({"Subject: x"}), "a.eml");
  REQUIRE(headless.size() == 1);
  CHECK(headless[0].hint == "give the message as it was delivered, with its whole header");
  auto forged = trace_of(dated(
      {{kPublic, "10:00:00 +0000"}, {kForged, "09:00:00 +0000"}, {kForged, "10:00:00 +0000"}}));
  CHECK(ids(forged) == "received.chain-break received.time-travel received.waited ");
  auto findings = received::lint(forged, "a.eml");
  CHECK(findings[0].message ==
        "hop 1 (\"out.corp.test\") is not whom hop 0 came from: \"h.example\", \"r.example\", "
        "203.0.113.7; the same of 1 older hop");
  CHECK(findings[1].message ==
        "hop 1 (\"out.corp.test\") is 1 h older than the hop it took the message from");
  CHECK(findings[2].message ==
        "it waited 1 h before hop 0 (\"mx.example.org\"), at \"h.example\", \"r.example\", "
        "203.0.113.7");
}

TEST_CASE("durations for people") {
  CHECK(received::duration_words(0) == "0 s");
  CHECK(received::duration_words(59) == "59 s");
  CHECK(received::duration_words(60) == "1 min");
  CHECK(received::duration_words(725) == "12 min 5 s");
  CHECK(received::duration_words(3600 * 3 + 725) == "3 h 12 min");
  CHECK(received::duration_words(86400 * 2 + 4 * 3600) == "2 d 4 h");
  CHECK(received::duration_words(-61) == "-1 min 1 s");
}
