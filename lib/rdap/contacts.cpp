#include "rdap/contacts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"

namespace mailtrust::rdap {
namespace {

using json::Value;
using registration::Mention;
using registration::Role;

constexpr std::size_t kShown = 80;  // octets of a handle in a place

struct RoleName {
  std::string_view text;
  Role role;
};

// RFC 9083 section 10.2.4, what ARIN adds, and short forms that were seen.
constexpr std::array kRoles = {
    RoleName{"abuse", Role::abuse},
    RoleName{"noc", Role::noc},
    RoleName{"routing", Role::noc},
    RoleName{"technical", Role::technical},
    RoleName{"tech", Role::technical},
    RoleName{"dns", Role::technical},
    RoleName{"administrative", Role::administrative},
    RoleName{"admin", Role::administrative},
    RoleName{"registrant", Role::administrative},
};

Role role_named(std::string_view text) {
  auto row = std::ranges::find_if(
      kRoles, [&](const RoleName& name) { return ascii::iequals(name.text, ascii::trim(text)); });
  return row == kRoles.end() ? Role::other : row->role;
}

template <typename Use>
void each_text(const Value& value, Use use) {
  if (value.is_text()) use(value.text());
  for (const auto& item : value.items())
    if (item.is_text()) use(item.text());
}

bool has_text(const Value& value, std::string_view text) {
  bool found = false;
  each_text(value, [&](std::string_view item) { found = found || ascii::iequals(item, text); });
  return found;
}

std::string place_of(std::string_view handle, std::string_view name) {
  auto shown = handle.empty() ? name : handle;
  return shown.empty() ? "entity" : "entity " + std::string(shown.substr(0, kShown));
}

std::string self_link(const Value& entity) {
  for (const auto& link : entity["links"].items())
    if (ascii::iequals(link["rel"].text(), "self") && link["href"].text().size() <= 2048)
      return std::string(link["href"].text());
  return {};
}

}  // namespace

std::vector<Role> roles_of(const Value& roles) {
  std::vector<Role> found;
  each_text(roles, [&](std::string_view text) {
    auto role = role_named(text);
    if (std::ranges::find(found, role) == found.end()) found.push_back(role);
  });
  return found;
}

std::string text_of(const Value& remark) {
  std::string text(remark["title"].text());
  each_text(remark["description"], [&](std::string_view line) {
    text += '\n';
    text += line;
  });
  for (const auto& link : remark["links"].items())
    if (ascii::istarts_with(link["href"].text(), "mailto:"))
      text += '\n' + std::string(link["href"].text());
  return text;
}

// "abuse@isp.example was validated on 2021-02-09", "... is invalid" (APNIC); "Unvalidated POC"
// (ARIN); status "validated" (RFC 9083 section 10.2.2).
struct Contacts::Said {
  explicit Said(const Value& entity) {
    validated = has_text(entity["status"], "validated");
    for (const auto& remark : entity["remarks"].items()) {
      if (ascii::istarts_with(remark["title"].text(), "unvalidated")) doubtful = true;
      each_text(remark["description"], [&](std::string_view line) { read(line); });
    }
  }

  void read(std::string_view line) {
    line = ascii::trim(line);
    auto address = line.substr(0, line.find(' '));
    auto rest = line.substr(address.size());
    if (address.find('@') == std::string_view::npos) return;
    if (ascii::istarts_with(rest, " was validated")) good.insert(ascii::to_lower(address));
    if (ascii::istarts_with(rest, " is invalid")) bad.insert(ascii::to_lower(address));
  }

  bool validated = false;
  bool doubtful = false;
  std::unordered_set<std::string> good;
  std::unordered_set<std::string> bad;
};

void Contacts::add_entities(const Value& object, unsigned depth) {
  for (const auto& entity : object["entities"].items())
    if (entity.is_object()) add_entity(entity, roles_of(entity["roles"]), depth + 1);
}

void Contacts::add_entity(const Value& entity, std::vector<Role> roles, unsigned depth) {
  if (roles.empty()) roles.push_back(Role::other);
  auto card = read_card(entity);
  auto handle = ascii::trim(entity["handle"].text());
  note_holder(card, roles, entity);
  if (card.emails.empty()) add_link(entity, roles, depth);
  add_emails(card, roles, handle, depth, Said(entity));
  add_remarks(entity, place_of(handle, card.name), depth);
  add_entities(entity, depth);
}

void Contacts::add_emails(const Card& card, const std::vector<Role>& roles, std::string_view handle,
                          unsigned depth, const Said& said) {
  for (const auto& email : card.emails)
    for (auto& found : registration::addresses_in(email.text)) {
      auto lower = ascii::to_lower(found.email);
      for (auto role : email.is_abuse ? std::vector{Role::abuse} : roles) {
        Mention mention{found.email, role, place_of(handle, card.name), depth};
        mention.place +=
            role == Role::other ? ", no role" : ", role " + std::string(to_string(role));
        mention.validated = said.validated || said.good.contains(lower);
        mention.doubtful = said.doubtful || said.bad.contains(lower);
        add(std::move(mention));
      }
    }
}

void Contacts::add_remarks(const Value& object, std::string_view place, unsigned depth) {
  for (const auto& remark : object["remarks"].items())
    for (auto& mention : registration::addresses_in(text_of(remark))) {
      mention.place = "remark of " + std::string(place) + ": " + mention.place;
      mention.depth = depth;
      add(std::move(mention));
    }
}

void Contacts::add_notices(const Value& object) {
  for (const auto& notice : object["notices"].items())
    for (auto& mention : registration::addresses_in(text_of(notice))) {
      mention.place = "notice: " + mention.place;
      mention.by_registry = true;
      add(std::move(mention));
    }
}

void Contacts::add(Mention mention) {
  auto key = std::to_string(static_cast<int>(mention.role)) + ascii::to_lower(mention.email);
  if (known_.insert(std::move(key)).second) mentions_.push_back(std::move(mention));
}

void Contacts::add_link(const Value& entity, const std::vector<Role>& roles, unsigned depth) {
  EntityLink link{self_link(entity), std::string(ascii::trim(entity["handle"].text())),
                  *std::ranges::min_element(roles), depth};
  if (link.url.empty() && link.handle.empty()) return;
  if (linked_.insert(link.url + '\n' + link.handle).second) links_.push_back(std::move(link));
}

// The organisation that is the registrant; another registrant; an organisation without a role.
void Contacts::note_holder(const Card& card, const std::vector<Role>& roles, const Value& entity) {
  bool is_registrant = has_text(entity["roles"], "registrant");
  bool is_organization = card.kind == "org";
  bool has_no_role = roles == std::vector{Role::other};
  int rank = is_registrant ? (is_organization ? 0 : 1) : is_organization && has_no_role ? 2 : 100;
  if (rank >= holder_rank_) return;
  auto handle = entity["handle"].text();
  // Registries that know no name repeat the handle.
  bool has_name = !card.name.empty() && !ascii::iequals(card.name, ascii::trim(handle));
  auto name = has_name ? card.name : card.organization;
  if (name.empty()) return;
  holder_rank_ = rank;
  organization_ = std::move(name);
  country_ = card.country;
}

std::vector<Mention> Contacts::take_mentions() {
  return std::exchange(mentions_, {});
}

std::vector<EntityLink> Contacts::take_links() {
  std::ranges::stable_sort(links_, {}, &EntityLink::role);
  return std::exchange(links_, {});
}

}  // namespace mailtrust::rdap
