#pragma once
// Answers of RDAP servers, put together from their parts.

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "rdap/answer.hpp"

namespace mailtrust::rdap_test {

inline const net::Address kAddress = *net::Address::read("192.0.2.66");

// A network with further members.
inline std::string network(std::string_view members) {
  std::string text = R"({"objectClassName":"ip network","handle":"NET-1","name":"EXAMPLE-NET",)";
  return text + R"("startAddress":"192.0.2.0","endAddress":"192.0.2.255")" +
         (members.empty() ? "" : ",") + std::string(members) + '}';
}

// An entity with a jCard of these properties.
inline std::string entity(std::string_view handle, std::string_view roles,
                          std::string_view properties, std::string_view members = {}) {
  return R"({"objectClassName":"entity","handle":")" + std::string(handle) + R"(","roles":)" +
         std::string(roles) + R"(,"vcardArray":["vcard",[["version",{},"text","4.0"])" +
         (properties.empty() ? "" : ",") + std::string(properties) + "]]" +
         (members.empty() ? "" : ",") + std::string(members) + '}';
}

inline std::string entities(std::string_view list) {
  return R"("entities":[)" + std::string(list) + ']';
}

inline std::string email(std::string_view address) {
  return R"(["email",{},"text",")" + std::string(address) + "\"]";
}

inline registration::Registration read(const std::string& body) {
  auto answer = rdap::read_answer(body, kAddress);
  if (!answer) FAIL(answer.error().message);
  return answer->registration;
}

// "email role depth", several joined by ", ", or "-".
inline std::string describe(const std::vector<registration::Mention>& mentions) {
  std::string text;
  for (const auto& mention : mentions) {
    if (!text.empty()) text += ", ";
    text += mention.email + ' ' + std::string(to_string(mention.role)) + ' ' +
            std::to_string(mention.depth);
  }
  return text.empty() ? "-" : text;
}

}  // namespace mailtrust::rdap_test
