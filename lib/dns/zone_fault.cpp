#include "dns/zone_fault.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.hpp"
#include "dns/zone_record.hpp"

namespace mailtrust::dns {
namespace {

struct Directive {
  std::string_view word;
  Status status;
  Failure failure;
};

constexpr std::array kDirectives = {
    Directive{"timeout", Status::failed, Failure::timeout},
    Directive{"servfail", Status::failed, Failure::servfail},
    Directive{"nodata", Status::no_data, Failure::none},
    Directive{"nxdomain", Status::nxdomain, Failure::none},
};

struct Reason {
  Failure failure;
  std::string_view word;
};

constexpr std::array kReasons = {
    Reason{Failure::timeout, "timeout"},         Reason{Failure::servfail, "servfail"},
    Reason{Failure::refused, "refused"},         Reason{Failure::malformed, "malformed"},
    Reason{Failure::unreachable, "unreachable"}, Reason{Failure::alias_loop, "alias-loop"},
    Reason{Failure::too_many, "too-many"},       Reason{Failure::cancelled, "cancelled"},
};

std::optional<Failure> read_reason(const Token& token, ZoneErrors& errors) {
  auto known = std::ranges::find(kReasons, token.text, &Reason::word);
  if (known != kReasons.end()) return known->failure;
  std::string words;
  for (const auto& each : kReasons) words += (words.empty() ? "" : ", ") + std::string(each.word);
  errors.add(token, "not a reason; expected one of " + words);
  return std::nullopt;
}

}  // namespace

std::optional<ZoneFault> read_fault(std::span<const Token> tokens, const Name& origin,
                                    ZoneErrors& errors) {
  const auto* directive = std::ranges::find_if(
      kDirectives, [&](const auto& each) { return ascii::iequals(each.word, tokens[0].text); });
  if (directive == kDirectives.end()) {
    errors.add(tokens[0], "unknown directive; expected timeout, servfail, nodata or nxdomain");
    return std::nullopt;
  }
  bool has_reason = directive->failure == Failure::servfail;
  auto shape = '!' + std::string(directive->word) + " NAME TYPE|ANY" +
               std::string(has_reason ? " [REASON]" : "");
  if (!errors.expect_fields(tokens, 3, has_reason ? 4 : 3, shape)) return std::nullopt;

  auto name = Name::read_presentation(tokens[1].text, origin);
  if (!name) errors.add(tokens[1], "not a domain name");
  auto type = read_type(tokens[2].text);
  bool is_type = type && (*type == Type::any || is_data_type(*type));
  if (!is_type) errors.add(tokens[2], "not a record type or ANY");
  std::optional<Failure> failure = directive->failure;
  if (tokens.size() == 4) failure = read_reason(tokens[3], errors);
  if (!name || !is_type || !failure) return std::nullopt;
  return ZoneFault{*name, *type, directive->status, *failure};
}

std::string to_zone_line(const ZoneFault& fault) {
  auto question = ' ' + to_absolute_string(fault.name) + ' ' + to_string(fault.type);
  for (const auto& each : kDirectives)
    if (each.status == fault.status && each.failure == fault.failure)
      return "; !" + std::string(each.word) + question + '\n';
  const auto* reason = std::ranges::find(kReasons, fault.failure, &Reason::failure);
  auto word = reason == kReasons.end() ? std::string_view("servfail") : reason->word;
  return "; !servfail" + question + ' ' + std::string(word) + '\n';
}

}  // namespace mailtrust::dns
