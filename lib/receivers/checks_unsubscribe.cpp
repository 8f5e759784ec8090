// RFC 2369 and RFC 8058: how a subscriber gets rid of it.
#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "receivers/checks.hpp"

namespace mailtrust::receivers {
namespace {

constexpr std::string_view kField = "List-Unsubscribe";
constexpr std::string_view kPost = "List-Unsubscribe-Post";
constexpr std::string_view kOneClick = "List-Unsubscribe=One-Click";

// RFC 2369 section 2: URIs in angle brackets, white space inside them ignored.
std::vector<std::string> uris(const message::Header& header) {
  std::vector<std::string> out;
  const auto* field = header.find(kField);
  std::string uri;
  bool inside = false;
  for (char c : field == nullptr ? std::string_view{} : field->value) {
    if (c == '<') uri.clear();
    if (c == '>' && inside) out.push_back(uri);
    if (inside && c != '>' && !ascii::is_space(c)) uri += c;
    inside = c == '<' || (inside && c != '>');
  }
  return out;
}

bool offers(const message::Header& header, std::string_view scheme) {
  return std::ranges::any_of(uris(header),
                             [&](const auto& uri) { return ascii::istarts_with(uri, scheme); });
}

// What is wrong with the two fields themselves; empty when nothing is.
std::string fault_of_fields(const message::Header& header) {
  if (header.count(kField) == 0)
    return "no List-Unsubscribe field; only mail that nobody subscribed to does without";
  if (header.count(kField) > 1) return "several List-Unsubscribe fields";
  if (!offers(header, "https://")) return "List-Unsubscribe has no https URI";
  if (header.count(kPost) == 0) return "no List-Unsubscribe-Post field";
  if (header.count(kPost) > 1) return "several List-Unsubscribe-Post fields";
  auto value = message::unfold(header.find(kPost)->value);
  if (ascii::iequals(value, kOneClick)) return {};
  return "List-Unsubscribe-Post says " + quote(value) + " where " + std::string(kOneClick) +
         " is wanted";
}

bool covers_both(const dkim::Verification& verification) {
  return verification.signature().covers(kField) && verification.signature().covers(kPost);
}

}  // namespace

// RFC 8058 section 3.1 and 4: both fields, https, and a valid DKIM signature over both.
Seen one_click(Case& message) {
  auto fault = fault_of_fields(message.header());
  if (!fault.empty()) return {Kept::no, fault};
  bool lost = false;
  for (const auto& verification : message.facts().signatures) {
    if (!covers_both(verification)) continue;
    if (verification.result == dkim::Result::pass)
      return {Kept::yes, "one-click, signed by " + verification.signature().domain};
    lost = lost || verification.result == dkim::Result::temperror;
  }
  if (lost) return {Kept::unknown, "DNS did not tell the key of the signature that covers both"};
  return {Kept::no, "no good DKIM signature covers List-Unsubscribe and List-Unsubscribe-Post"};
}

Seen one_click_or_mailto(Case& message) {
  auto seen = one_click(message);
  if (seen.kept != Kept::yes && offers(message.header(), "mailto:"))
    return {Kept::yes, "List-Unsubscribe by mailto (" + seen.reason + ")"};
  return seen;
}

// Where the rule asks for a link only, the body may have it.
Seen unsubscribe(Case& message) {
  if (offers(message.header(), "https:") || offers(message.header(), "mailto:"))
    return {Kept::yes, "List-Unsubscribe offers it"};
  return {Kept::not_shown, "no List-Unsubscribe field; a link in the text was not looked for"};
}

}  // namespace mailtrust::receivers
