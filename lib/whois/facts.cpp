#include "whois/facts.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "whois/country.hpp"
#include "whois/date.hpp"
#include "whois/words.hpp"

namespace mailtrust::whois {
namespace {

/// A row of placeholders.inc.
struct Placeholder {
  Meaning key;
  std::string_view phrase;  ///< in small letters, anywhere in the value
};

constexpr Placeholder kPlaceholders[] = {
#include "whois/placeholders.inc"
};

/// Organisations are told as "Example Inc. (EXAMPL-1)" by ARIN.
std::string_view without_handle(std::string_view name) {
  auto open = name.rfind(" (");
  bool has_handle =
      name.ends_with(')') && open != name.npos && name.find(' ', open + 1) == name.npos;
  return has_handle ? ascii::trim(name.substr(0, open)) : name;
}

class Learner {
 public:
  Learner(const Document& document, const Claims& claims)
      : document_(document), claims_(claims), members_(claims.groups.size()) {
    for (std::size_t i = 0; i < document.objects.size(); ++i)
      if (auto group = claims.of[i].group; group && tells_of_network(i))
        members_[*group].push_back(i);
  }

  void learn(registration::Registration& registration) const {
    const auto& narrowest = claims_.groups.front();
    registration.network = narrowest.range;
    for (auto network : narrowest.networks) learn_network(document_.objects[network], registration);
    for (std::size_t group = 0; group < members_.size(); ++group) {
      if (registration.country.empty()) registration.country = country(group);
      if (registration.organization.empty()) registration.organization = organization(group);
    }
  }

 private:
  /// The network itself, its holder, and what only stands beside it; persons live elsewhere.
  [[nodiscard]] bool tells_of_network(std::size_t index) const {
    const auto& claim = claims_.of[index];
    if (claim.depth > 1) return false;
    return !claim.by_handle || !value(document_.objects[index], Meaning::holder).empty();
  }

  /// The first one that is not empty.
  [[nodiscard]] std::string_view value(const Object& object, Meaning meaning) const {
    for (const auto& attribute : document_.of(object))
      if (attribute.key && attribute.key->meaning == meaning && !attribute.value.empty())
        return attribute.value;
    return {};
  }

  [[nodiscard]] std::string_view first_value(const std::vector<std::size_t>& objects,
                                             Meaning meaning) const {
    for (auto object : objects)
      if (auto found = value(document_.objects[object], meaning); !found.empty()) return found;
    return {};
  }

  void learn_network(const Object& object, registration::Registration& registration) const {
    auto set = [&](std::string& field, Meaning meaning) {
      if (field.empty()) field = value(object, meaning);
    };
    set(registration.handle, Meaning::net_handle);
    if (registration.handle.empty()) registration.handle = object.handle;
    set(registration.name, Meaning::net_name);
    for (const auto& attribute : document_.of(object)) {
      if (!attribute.key) continue;
      learn_dates(attribute, registration);
      registration.is_placeholder = registration.is_placeholder || is_placeholder(attribute);
    }
    auto type = value(object, Meaning::status);
    registration.is_placeholder =
        registration.is_placeholder ||
        registration::is_nobodys_network(value(object, Meaning::net_name), type);
  }

  static void learn_dates(const Attribute& attribute, registration::Registration& registration) {
    auto meaning = attribute.key->meaning;
    bool is_change = meaning == Meaning::updated || meaning == Meaning::changed;
    if (meaning != Meaning::registered && !is_change) return;
    auto date = read_date(attribute.value);
    if (is_change)
      registration.changed = std::max(registration.changed, date);
    else if (!registration.registered)
      registration.registered = date;
  }

  static bool is_placeholder(const Attribute& attribute) {
    return std::ranges::any_of(kPlaceholders, [&](const Placeholder& row) {
      return row.key == attribute.key->meaning && holds(attribute.value, row.phrase);
    });
  }

  [[nodiscard]] std::string country(std::size_t group) const {
    for (const auto& objects : {claims_.groups[group].networks, members_[group]})
      for (auto object : objects)
        if (auto code = read_country(value(document_.objects[object], Meaning::country));
            !code.empty())
          return code;
    return {};
  }

  [[nodiscard]] std::string organization(std::size_t group) const {
    if (auto name = first_value(members_[group], Meaning::holder); !name.empty())
      return std::string(name);
    const auto& networks = claims_.groups[group].networks;
    for (const auto& objects : {networks, members_[group]})
      if (auto name = first_value(objects, Meaning::organization); !name.empty())
        return std::string(without_handle(name));
    auto description = first_value(networks, Meaning::description);
    return std::string(description.empty() ? first_value(networks, Meaning::net_name)
                                           : description);
  }

  const Document& document_;
  const Claims& claims_;
  std::vector<std::vector<std::size_t>> members_;  ///< of each group
};

}  // namespace

void learn_facts(const Document& document, const Claims& claims,
                 registration::Registration& registration) {
  if (claims.groups.empty()) return;
  Learner(document, claims).learn(registration);
}

}  // namespace mailtrust::whois
