#pragma once
// What tests ask of an Answer.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whois/answer.hpp"

namespace mailtrust::whois {

using registration::Role;

inline Answer read(std::string_view text, const char* address) {
  return read_answer(text, *net::Address::read(address));
}

inline std::string network_of(const Answer& answer) {
  if (!answer.registration.network) return "";
  return to_string(answer.registration.network->first) + " - " +
         to_string(answer.registration.network->last);
}

inline std::vector<std::string> contacts_of(const Answer& answer) {
  std::vector<std::string> emails;
  for (const auto& contact :
       registration::rank({{registration::Source::whois, "", answer.registration}}))
    emails.push_back(contact.email);
  return emails;
}

inline std::vector<std::string> referrals_of(const Answer& answer) {
  std::vector<std::string> servers;
  for (const auto& server : answer.referrals)
    servers.push_back((server.rwhois ? "rwhois://" : "") + server.host + ":" +
                      std::to_string(server.port));
  return servers;
}

/// Of an address for one role; null when it is not told for that.
inline const registration::Mention* mention(const Answer& answer, std::string_view email,
                                            Role role) {
  for (const auto& each : answer.registration.mentions)
    if (each.email == email && each.role == role) return &each;
  return nullptr;
}

}  // namespace mailtrust::whois
