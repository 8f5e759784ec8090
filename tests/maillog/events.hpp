#pragma once
// What a log comes to, as text: one word group an event, for tables of tests.

#include <string>
#include <string_view>
#include <vector>

#include "maillog/reader.hpp"

namespace mailtrust::maillog {

inline constexpr std::int64_t kNow = 1795341600;  // 2026-11-22 10:00:00 UTC

inline std::string kind_text(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::queued: return "queued";
    case Event::Kind::delivered: return "delivered";
    case Event::Kind::deferred: return "deferred";
    case Event::Kind::failed: return "failed";
    case Event::Kind::rejected: return "rejected";
    case Event::Kind::complained: return "complained";
  }
  return "?";
}

/// "failed postfix ID from=<a@b> to=<c@d> orig=<e@f> at mx.example[192.0.2.1] 5.1.1 {text}"; what
/// is empty is left away.
inline std::string text_of(const Event& event) {
  auto out = kind_text(event.kind) + (event.expired ? "(expired) " : " ") +
             std::string(to_string(event.mta));
  if (!event.id.empty()) out += " " + std::string(event.id);
  if (event.sender_known) out += " from=<" + std::string(event.sender) + ">";
  if (!event.recipient.empty()) out += " to=<" + std::string(event.recipient) + ">";
  if (!event.original.empty()) out += " orig=<" + std::string(event.original) + ">";
  if (!event.source_ip.empty()) out += " by " + std::string(event.source_ip);
  if (!event.remote.empty() || !event.remote_ip.empty())
    out += " at " + std::string(event.remote) + "[" + std::string(event.remote_ip) + "]";
  if (!event.status.empty()) out += " " + std::string(event.status);
  if (!event.text.empty()) out += " {" + std::string(event.text) + "}";
  return out;
}

struct Reading {
  std::vector<std::string> events;
  std::vector<std::int64_t> times;
  Reader::Counts counts;
};

inline Reading read_log(std::string_view log, Options options = {kNow, 0}) {
  Reading reading;
  Reader reader(options, [&](const Event& event) {
    reading.events.push_back(text_of(event));
    reading.times.push_back(event.time);
  });
  reader.add(log);
  reader.end_of_file();
  reading.counts = reader.counts();
  return reading;
}

using Strings = std::vector<std::string>;

}  // namespace mailtrust::maillog
