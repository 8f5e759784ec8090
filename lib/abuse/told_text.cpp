// Told as JSON: short member names, as a store may hold many.
#include <array>
#include <utility>

#include "abuse/scope.hpp"
#include "abuse/told.hpp"
#include "json/value.hpp"

namespace mailtrust::abuse {
namespace {

using json::Value;
using registration::Finding;
using registration::Mention;
using registration::Role;
using registration::Source;

constexpr std::int64_t kVersion = 1;

constexpr std::array kRoles = {Role::abuse,          Role::remark, Role::noc,    Role::technical,
                               Role::administrative, Role::other,  Role::changed};
constexpr std::array kSources = {Source::rdap, Source::whois, Source::abuse_zone,
                                 Source::reverse_name};

template <typename T, std::size_t N>
std::optional<T> word_of(const std::array<T, N>& all, std::string_view text) {
  for (auto value : all)
    if (to_string(value) == text) return value;
  return std::nullopt;
}

Value number_or_null(const std::optional<std::int64_t>& number) {
  return number ? Value(*number) : Value();
}

Value value_of(const Mention& mention) {
  return json::Members{
      {"email", mention.email},         {"role", std::string(to_string(mention.role))},
      {"place", mention.place},         {"depth", static_cast<std::int64_t>(mention.depth)},
      {"valid", mention.validated},     {"doubtful", mention.doubtful},
      {"registry", mention.by_registry}};
}

Value value_of(const Finding& finding) {
  const auto& registration = finding.registration;
  json::Array mentions;
  for (const auto& mention : registration.mentions) mentions.push_back(value_of(mention));
  return json::Members{
      {"source", std::string(to_string(finding.source))},
      {"from", finding.from},
      {"network", registration.network ? Value(to_text(*registration.network)) : Value()},
      {"handle", registration.handle},
      {"name", registration.name},
      {"org", registration.organization},
      {"country", registration.country},
      {"registered", number_or_null(registration.registered)},
      {"changed", number_or_null(registration.changed)},
      {"nobody", registration.is_placeholder},
      {"mentions", std::move(mentions)}};
}

std::string text_of(const Value& value) {
  return std::string(value.text());
}

std::optional<Mention> mention_from(const Value& value) {
  auto role = word_of(kRoles, value["role"].text());
  auto depth = value["depth"].integer();
  auto validated = value["valid"].boolean();
  if (!role || !depth || !validated || value["email"].text().empty()) return std::nullopt;
  Mention mention{text_of(value["email"]), *role, text_of(value["place"]),
                  static_cast<unsigned>(*depth), *validated};
  mention.doubtful = value["doubtful"].boolean().value_or(false);
  mention.by_registry = value["registry"].boolean().value_or(false);
  return mention;
}

std::optional<Finding> finding_from(const Value& value) {
  auto source = word_of(kSources, value["source"].text());
  auto network = range_from(value["network"].text());
  if (!source || (!network && !value["network"].is_null())) return std::nullopt;
  Finding finding{*source, text_of(value["from"]), {}};
  auto& registration = finding.registration;
  registration.network = network;
  registration.handle = text_of(value["handle"]);
  registration.name = text_of(value["name"]);
  registration.organization = text_of(value["org"]);
  registration.country = text_of(value["country"]);
  registration.registered = value["registered"].integer();
  registration.changed = value["changed"].integer();
  registration.is_placeholder = value["nobody"].boolean().value_or(false);
  for (const auto& item : value["mentions"].items()) {
    auto mention = mention_from(item);
    if (!mention) return std::nullopt;
    registration.mentions.push_back(std::move(*mention));
  }
  return finding;
}

}  // namespace

std::string to_text(const Told& told) {
  json::Array findings;
  for (const auto& finding : told.findings) findings.push_back(value_of(finding));
  return json::to_text(json::Members{
      {"version", kVersion}, {"complete", told.complete}, {"findings", std::move(findings)}});
}

std::optional<Told> told_from(std::string_view text) {
  auto value = json::parse(text);
  if (!value || (*value)["version"].integer() != kVersion) return std::nullopt;
  auto complete = (*value)["complete"].boolean();
  if (!complete) return std::nullopt;
  Told told;
  told.complete = *complete;
  for (const auto& item : (*value)["findings"].items()) {
    auto finding = finding_from(item);
    if (!finding) return std::nullopt;
    told.findings.push_back(std::move(*finding));
  }
  if (told.findings.empty()) return std::nullopt;
  return told;
}

}  // namespace mailtrust::abuse
