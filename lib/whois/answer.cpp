#include "whois/answer.hpp"

#include <algorithm>

#include "whois/claims.hpp"
#include "whois/contacts.hpp"
#include "whois/document.hpp"
#include "whois/facts.hpp"
#include "whois/referral.hpp"
#include "whois/reply.hpp"
#include "whois/text.hpp"

namespace mailtrust::whois {
namespace {

Status status_of(const Document& document, const Claims& claims, std::string_view text) {
  if (claims.groups.empty()) {
    bool has_networks = std::ranges::any_of(
        document.objects, [](const Object& object) { return object.network.has_value(); });
    auto status = status_of_words(text);
    // "No match" of one part of an answer says nothing where another part tells of a network.
    return has_networks && status == Status::not_found ? Status::not_understood : status;
  }
  bool is_cut_short = std::ranges::any_of(
      document.comments, [](const Attribute& comment) { return says_come_later(comment.value); });
  return is_cut_short ? Status::come_later : Status::found;
}

/// IANA knows whose block it is, not whose network.
bool is_from_root(const Document& document) {
  return std::ranges::any_of(document.attributes, [](const Attribute& attribute) {
    return attribute.key && attribute.key->meaning == Meaning::root_referral;
  });
}

void add_servers(Answer& answer) {
  for (const auto& referral : answer.registration.referrals) {
    auto server = server_of(referral);
    if (!server) continue;
    bool is_known = std::ranges::any_of(answer.referrals, [&](const Server& known) {
      return known.host == server->host && known.port == server->port;
    });
    if (!is_known) answer.referrals.push_back(*server);
  }
}

}  // namespace

Answer read_answer(std::string_view text, const net::Address& address) {
  Answer answer;
  auto plain = address.unmapped();
  auto octets = readable(text);
  auto document = read_document(octets, plain);
  auto claims = claim_objects(document, plain);
  answer.status = status_of(document, claims, octets);
  answer.registration.referrals = referrals_in(document, claims);
  add_servers(answer);
  if (claims.groups.empty()) return answer;

  learn_facts(document, claims, answer.registration);
  answer.registration.is_placeholder = answer.registration.is_placeholder || is_from_root(document);
  answer.registration.mentions = contacts_in(document, claims, plain);
  const auto& narrowest = document.objects[claims.groups.front().networks.front()];
  if (narrowest.is_listed) answer.more = "n ! " + answer.registration.handle;
  return answer;
}

}  // namespace mailtrust::whois
