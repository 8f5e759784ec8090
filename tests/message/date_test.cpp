#include "message/date.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

struct Row {
  std::string text;
  std::int64_t time;  // -1: none
  bool has_zone = true;
  int offset = 0;
};

}  // namespace

TEST_CASE("dates of messages are moments") {
  auto row = GENERATE(values<Row>({
      // RFC 5322 section 3.3
      {"Mon, 4 Mar 2024 10:00:05 +0000", 1709546405},
      {"Mon,  4 Mar 2024 11:00:05 +0100 (CET)", 1709546405, true, 60},
      {"4 Mar 2024 10:00 +0000", 1709546400},
      {"Tue, 3 Feb 2004 11:14:06 -0500 (EST)", 1075824846, true, -300},
      {"Mon, 4 Mar 2024 15:45:05 +0545", 1709546405, true, 345},
      {"Mon, 4 Mar 2024 10:00:05 -0000", 1709546405, false},
      {"Thu, 29 Feb 2024 23:59:60 +0000", 1709251199},  // a leap second
      {"Thu, 1 Jan 1970 00:00:00 +0000", 0},
      // Section 4.3
      {"8 Mar 04 12:23:56 -0000", 1078748636, false},
      {"Fri, 21 Nov 97 09:55:06 -0600", 880127706, true, -360},
      {"Fri, 21 Nov 103 09:55:06 GMT", 1069408506},
      {"Wed, 12 Feb 2003 14:22:21 PST", 1045088541, true, -480},
      {"Wed, 12 Feb 2003 14:22:21 edt", 1045074141, true, -240},
      {"3 Jul 2002 15:43:50 UT", 1025711030},
      {"3 Jul 2002 15:43:50 Z", 1025711030},
      {"3 Jul 2002 15:43:50 K", 1025711030, false},
      {"Tue, 06 Jan 2004 22:09:53 CEST", 1073426993, false},
      {"Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", -1},
      {"(a) Mon (b), 4 (c(d)) Mar 2024 10:00:05 (e) +0000", 1709546405},
      // What servers write
      {"Thu Nov 10 08:24:21 2005", 1131611061, false},
      {"Mon Mar 04 10:00:05 PST 2002", 1015264805, true, -480},
      {"Thu Feb 20 23:47:02 2003 -0800", 1045813622, true, -480},
      {"Thu, 10 Nov 2005 08:24:21 -0600 id 000000DB.43735815.00001E11", 1131632661, true, -360},
      {"30 Apr 2003 15:06:29", 1051715189, false},
      {"06-Feb-2005 21:11:38 +0000", 1107724298},
      {"2004-02-03T11:14:06Z", 1075806846},
      {"2004-02-03T11:14:06.123+01:00", 1075803246, true, 60},
      {"2004-02-03 11:14:06 +0000", 1075806846},
      {"Mon, 4 Mar 2024 10:00:05 PM +0000", 1709589605},
      {"Mon, 4 Mar 2024 12:00:05 AM +0000", 1709510405},
      {"Mon, 4 March 2024 10:00:05 GMT+0100", 1709542805, true, 60},
      {"Mon, 4 Mar 2024 18:00:05 +0800 (GMT+08:00)", 1709546405, true, 480},
      // All but the usual form
      {"Mar, 4 Feb 2024 10:00:05 +0000", 1709546405},
      {"Mon, 4 Mar 2024 10:00:05 +0000,x", 1709546405},
      {"Mon, 4 Mar 2024 10:00:05 +00001", 1709546345, true, 1},
      {"Mon, 4 Mar 0000 10:00:05 +0000 2024", 1709546405},
      {"Mon, 4 Mar 2024 10:00:05 *0000", 1709546405, false},
      // No moment
      {"", -1},
      {"x", -1},
      {"Mon, 31 Feb 2024 10:00:05 +0000", -1},
      {"Mon, 29 Feb 2023 10:00:05 +0000", -1},
      {"Mon, 4 Mar 2024 25:00:05 +0000", -1},
      {"Mon, 4 Mar 2024 10:60:05 +0000", -1},
      {"Mon, 4 Mar 2024 10:00:61 +0000", -1},
      {"Mon, 0 Mar 2024 10:00:05 +0000", -1},
      {"Mon, 4 Mar 1969 10:00:05 +0000", -1},
      {"Thu, 1 Jan 1970 00:30:00 +0100", -1},
      {"Mon, 4 Mar 2024 10:00:05 +9900", -1},
      {"Mon, 4 Mar 2024", -1},
      {"4 Mar 99999 10:00:05 +0000", -1},
      {"10:00:05", -1},
      {"Mon, 4 Mar 2024 :: +0000", -1},
      {"-- :T: --", -1},
  }));
  INFO(row.text);
  auto date = message::read_date(row.text);
  CHECK((date ? date->time : -1) == row.time);
  if (!date || row.time < 0) return;
  CHECK(date->has_zone == row.has_zone);
  CHECK(date->offset_minutes == row.offset);
}

TEST_CASE("hostile dates take linear time") {
  for (std::string unit :
       {"(", ")", "()", "1 ", "a ", "Mar ", "10:00:05 ", "+0000 ", "-", ":", "\\("}) {
    std::string text = "Mon, ";
    while (text.size() < 250'000) text += unit;
    INFO(unit);
    message::read_date(text);
  }
  CHECK(!message::read_date("Mon, " + std::string(200'000, '(') + " 4 Mar 2024 10:00:05 +0000"));
}
