#pragma once
// Traces of Received fields that tests write down.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "received/trace.hpp"

namespace mailtrust::received_test {

// Fields of which the words behind "Received: " are given, without a date.
inline constexpr const char* kPublic =
    "from h.example (r.example [203.0.113.7]) by mx.example.org (Postfix) with ESMTP id 1";
inline constexpr const char* kForged =
    "from core7.bank.example (core7.bank.example [192.0.2.10]) by out.corp.test (Postfix) with "
    "ESMTP";
inline constexpr const char* kInternal =
    "from mx.example.org (mx.example.org [10.0.0.5]) by mbox.example.org (Postfix) with ESMTP id 2";
inline constexpr const char* kGmail =
    "from mail-f54.google.com (mail-f54.google.com [209.85.221.54]) by mx.example.org (Postfix) "
    "with ESMTPS id 3";
inline constexpr const char* kNameless = "by mail-f54.google.com with SMTP id x";
inline constexpr const char* kLaptop =
    "from laptop.home ([203.0.113.45]) by smtp.gmail.com with ESMTPSA id x";
inline constexpr const char* kGmx =
    "from mout.gmx.net (mout.gmx.net [212.227.17.20]) by mx.example.org (Postfix) with ESMTPS";

inline received::Trace trace_of(const std::vector<std::string>& fields,
                                const std::string& trusted = {}) {
  std::string text;
  for (const auto& field : fields)
    text += (field.find(": ") < 25 ? field : "Received: " + field + "; x") + "\r\n";
  received::Trusted relays;
  if (!trusted.empty()) REQUIRE(relays.add(trusted));
  return received::read_trace(message::Header::parse(text), relays);
}

inline std::string text_of(const std::optional<net::Address>& ip) {
  return ip ? net::to_string(*ip) : "";
}

inline std::vector<std::string> dated(
    const std::vector<std::pair<std::string, std::string>>& rows) {
  std::vector<std::string> fields;
  for (const auto& [field, time] : rows)
    fields.push_back("Received: " + field + "; Mon, 4 Mar 2024 " + time);
  return fields;
}

inline std::string flags_of(const received::Hop& hop) {
  std::string words;
  for (auto flag : hop.flags) words += std::string(words.empty() ? "" : " ") += to_string(flag);
  return words;
}

}  // namespace mailtrust::received_test
