#include "spf/record.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "spf/term.hpp"

namespace mailtrust::spf {
namespace {

constexpr std::string_view kVersion = "v=spf1";

// Puts terms where they belong in the record, and faults on the list.
class Collector {
 public:
  explicit Collector(Parsed& parsed) : parsed_(parsed) {}

  void operator()(SyntaxError error) { parsed_.errors.push_back(std::move(error)); }

  void operator()(Directive directive) {
    parsed_.record.directives.push_back(std::move(directive));
  }

  void operator()(UnknownModifier modifier) {
    parsed_.record.unknown.push_back(std::move(modifier));
  }

  void operator()(KnownModifier known) {
    auto& place = known.name == "redirect" ? parsed_.record.redirect : parsed_.record.explanation;
    if (!place) {
      place = std::move(known.modifier);
      return;
    }
    // RFC 7208 section 6: redirect and exp must not appear more than once each.
    auto message =
        "a second \"" + known.name + "=\"; the first is in column " + std::to_string(place->column);
    parsed_.errors.push_back({SyntaxError::Kind::repeated_modifier, known.modifier.column,
                              known.modifier.text, known.modifier.column, std::move(message)});
  }

 private:
  Parsed& parsed_;
};

std::string lengths_text(const CidrLengths& lengths) {
  std::string out;
  if (lengths.v4 != 32) out += '/' + std::to_string(lengths.v4);
  if (lengths.v6 != 128) out += "//" + std::to_string(lengths.v6);
  return out;
}

std::string network_text(const net::Prefix& network) {
  bool single = network.length == net::width(network.address.family());
  return ':' + (single ? to_string(network.address) : to_string(network));
}

std::string domain_text(const std::optional<DomainSpec>& domain) {
  return domain ? ':' + domain->text : std::string();
}

std::string argument(const All& /*all*/) {
  return {};
}

std::string argument(const Include& include) {
  return ':' + include.domain.text;
}

std::string argument(const Exists& exists) {
  return ':' + exists.domain.text;
}

std::string argument(const A& a) {
  return domain_text(a.domain) + lengths_text(a.lengths);
}

std::string argument(const Mx& mx) {
  return domain_text(mx.domain) + lengths_text(mx.lengths);
}

std::string argument(const Ptr& ptr) {
  return domain_text(ptr.domain);
}

std::string argument(const Ip4& ip4) {
  return network_text(ip4.network);
}

std::string argument(const Ip6& ip6) {
  return network_text(ip6.network);
}

}  // namespace

bool is_spf(std::string_view text) {
  if (!ascii::istarts_with(text, kVersion)) return false;
  return text.size() == kVersion.size() || text[kVersion.size()] == ' ';
}

Parsed parse_record(std::string_view text) {
  Parsed parsed;
  parsed.record.text = text;
  Collector collect(parsed);
  for (auto at = kVersion.size(); at < text.size();) {
    at = text.find_first_not_of(' ', at);
    if (at == std::string_view::npos) break;
    auto end = std::min(text.find(' ', at), text.size());
    std::visit(collect, parse_term(text.substr(at, end - at), at + 1));
    at = end;
  }
  return parsed;
}

std::string to_string(const Mechanism& mechanism) {
  auto with_argument = [&](const auto& known) {
    return std::string(name_of(mechanism)) + argument(known);
  };
  return std::visit(with_argument, mechanism);
}

std::string_view name_of(const Mechanism& mechanism) {
  constexpr std::array<std::string_view, 8> kNames = {"all", "include", "a",   "mx",
                                                      "ptr", "ip4",     "ip6", "exists"};
  static_assert(std::variant_size_v<Mechanism> == kNames.size());
  return kNames.at(mechanism.index());
}

bool costs_lookup(const Mechanism& mechanism) {
  return !std::holds_alternative<All>(mechanism) && !std::holds_alternative<Ip4>(mechanism) &&
         !std::holds_alternative<Ip6>(mechanism);
}

}  // namespace mailtrust::spf
