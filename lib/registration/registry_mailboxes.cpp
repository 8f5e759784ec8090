#include "registration/registry_mailboxes.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "registration/registration.hpp"

namespace mailtrust::registration {
namespace {

constexpr Registry kRegistries[] = {
#include "registration/registry_mailboxes.inc"
};

bool is_or_below(std::string_view domain, std::string_view parent) {
  if (!ascii::iends_with(domain, parent)) return false;
  return domain.size() == parent.size() || domain[domain.size() - parent.size() - 1] == '.';
}

bool begins_with_words(std::string_view text, std::string_view name) {
  if (!ascii::istarts_with(text, name)) return false;
  // "Network Information Cent": both spellings of the last word.
  return name.ends_with("cent") || text.size() == name.size() ||
         !ascii::is_alnum(text[name.size()]);
}

// The row of which a part of `list` matches.
template <typename Matches>
const Registry* find(char separator, std::string_view Registry::*list, Matches matches) {
  for (const auto& row : kRegistries)
    for (auto rest = row.*list; !rest.empty();) {
      auto end = rest.find(separator);
      if (matches(rest.substr(0, end))) return &row;
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
  return nullptr;
}

// "RIPE-5", "LACNIC-177", "APNIC-AP": how ARIN and the registries call what one of them holds.
bool is_block_name(std::string_view name) {
  auto dash = name.find('-');
  if (dash == std::string_view::npos) return false;
  auto rest = name.substr(dash + 1);
  bool is_number = !rest.empty() && std::ranges::all_of(rest, ascii::is_digit);
  bool is_registry = registry_of_name(name.substr(0, dash)) != nullptr ||
                     ascii::iequals(name.substr(0, dash), "ripe");
  return is_registry && (is_number || ascii::iequals(rest, "AP") || ascii::iequals(rest, "ERX"));
}

bool icontains(std::string_view text, std::string_view part) {
  return ascii::to_lower(text).find(part) != std::string::npos;
}

}  // namespace

std::span<const Registry> registries() {
  return kRegistries;
}

const Registry* registry_of_domain(std::string_view domain) {
  return find(' ', &Registry::domains, [&](auto parent) { return is_or_below(domain, parent); });
}

const Registry* registry_of_name(std::string_view text) {
  return find('|', &Registry::names, [&](auto name) { return begins_with_words(text, name); });
}

bool is_registry_mailbox(std::string_view email) {
  auto at = email.rfind('@');
  return at != std::string_view::npos && registry_of_domain(email.substr(at + 1)) != nullptr;
}

bool is_nobodys_network(std::string_view name, std::string_view type) {
  name = ascii::trim(name.substr(0, 128));
  type = ascii::trim(type.substr(0, 128));
  if (ascii::istarts_with(name, "IANA-") || ascii::istarts_with(name, "NON-RIPE-NCC-MANAGED") ||
      ascii::istarts_with(name, "EU-ZZ-") || ascii::iequals(name, "ROOT") || is_block_name(name))
    return true;
  // ARIN's NetType; the type of RIPE and APNIC for what they hold themselves.
  if (ascii::istarts_with(type, "allocated to ")) return true;
  return icontains(type, "unspecified") || icontains(type, "unallocated") ||
         icontains(type, "not allocated") || ascii::iequals(type, "iana special use") ||
         ascii::iequals(type, "available");
}

}  // namespace mailtrust::registration
