#include <algorithm>
#include <array>
#include <optional>

#include "authres/authres.hpp"
#include "authres/head.hpp"
#include "authres/ownership.hpp"
#include "authres/scanner.hpp"
#include "base/ascii.hpp"

namespace mailtrust::authres {
namespace {

constexpr std::string_view kResults = "Authentication-Results";

// Names without either standard's name in them under which filters write what they found.
constexpr std::array kOtherNames = {
    std::string_view("DomainKey-Status"), std::string_view("X-DKIM-Result"),
    std::string_view("X-DMARC-Result"), std::string_view("X-SPF-Result")};

// RFC 8617 section 4.1.1: that of ARC is part of its chain, and judged there.
bool claims_a_result(std::string_view name) {
  auto lowered = ascii::to_lower(name);
  if (lowered == "arc-authentication-results") return false;
  auto holds = [&](std::string_view part) { return lowered.find(part) != std::string::npos; };
  return holds("authentication-results") || holds("received-spf") ||
         std::ranges::any_of(kOtherNames, [&](auto other) { return ascii::iequals(name, other); });
}

// RFC 7208 section 9.1: the value of receiver=. A server's name for itself, as an authserv-id is.
std::string receiver_of(std::string_view value) {
  Scanner in(value);
  while (!in.at_end()) {
    if (!in.skip_cfws()) break;
    auto key = in.take_token();
    bool known = in.skip_cfws() && ascii::iequals(key, "receiver") && in.take('=');
    if (known) {
      in.skip_cfws();
      auto quoted = in.take_quoted();
      return quoted ? *quoted : std::string(in.take_word());
    }
    // The result in front of the first pair has no semicolon after it.
    if (in.peek() == '=' || key.empty()) {
      in.skip_to_semicolon();
      in.take(';');
    }
  }
  return {};
}

Claim claim_of(const message::Field& field, std::string_view own) {
  Claim claim{std::string(field.name), field.line, {}, message::on_one_line(field.value), false};
  if (ascii::to_lower(field.name).find("received-spf") != std::string::npos) {
    claim.authserv_id = receiver_of(field.value);
    return claim;
  }
  Scanner in(field.value);
  claim.authserv_id = read_head(in).authserv_id;
  claim.remove = ascii::iequals(field.name, kResults) && may_be_of(field.value, own);
  return claim;
}

}  // namespace

std::vector<Claim> claims(const message::Header& header, std::string_view own) {
  std::vector<Claim> found;
  for (const auto& field : header.fields())
    if (claims_a_result(field.name)) found.push_back(claim_of(field, own));
  return found;
}

}  // namespace mailtrust::authres
