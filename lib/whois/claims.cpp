#include "whois/claims.hpp"

#include <algorithm>
#include <queue>
#include <string>
#include <tuple>
#include <unordered_map>

#include "base/ascii.hpp"
#include "net/value.hpp"
#include "whois/range.hpp"

namespace mailtrust::whois {
namespace {

using registration::Role;

/// How far references are followed: network, organisation, role, its persons.
constexpr unsigned kDepth = 3;

bool is_end_user(const Document& document, const Object& object) {
  return std::ranges::any_of(document.of(object), [](const Attribute& attribute) {
    return attribute.key && attribute.key->meaning == Meaning::status &&
           ascii::iequals(attribute.value, "CUSTOMER");
  });
}

/// A network around the address; in order of width, of one width by where it begins, of one range
/// the last of the answer first.
struct Around {
  net::Uint128 width = 0;
  net::Uint128 begin = 0;
  std::size_t object = 0;

  bool operator<(const Around& other) const {
    return std::tuple(width, begin, other.object) < std::tuple(other.width, other.begin, object);
  }
};

std::vector<Around> networks_around(const Document& document, const net::Address& address) {
  std::vector<Around> around;
  for (std::size_t i = 0; i < document.objects.size(); ++i) {
    const auto& network = document.objects[i].network;
    if (!network || !contains(*network, address)) continue;
    auto begin = net::value_of(network->first);
    around.push_back({net::value_of(network->last) - begin, begin, i});
  }
  std::sort(around.begin(), around.end());
  return around;
}

std::vector<Group> groups_around(const Document& document, const net::Address& address) {
  std::vector<Group> groups;
  for (const auto& each : networks_around(document, address)) {
    const auto& object = document.objects[each.object];
    if (groups.empty() || groups.back().range != *object.network)
      groups.push_back({*object.network, {}, false});
    groups.back().networks.push_back(each.object);
    if (is_end_user(document, object)) groups.back().is_end_user = true;
  }
  return groups;
}

class Claimer {
 public:
  Claimer(const Document& document, Claims& claims) : document_(document), claims_(claims) {
    claims_.of.resize(document.objects.size());
    for (std::size_t i = 0; i < document.objects.size(); ++i)
      if (const auto& handle = document.objects[i].handle; !handle.empty())
        handles_[ascii::to_lower(handle)].objects.push_back(i);
  }

  void claim() {
    for (std::size_t group = 0; group < claims_.groups.size(); ++group)
      for (auto network : claims_.groups[group].networks) claims_.of[network].group = group;
    for (std::size_t group = 0; group < claims_.groups.size(); ++group) follow_handles(group);
    claim_by_place();
  }

 private:
  struct Handle {
    std::vector<std::size_t> objects;
    std::optional<Role> named_for;  ///< by the group that is being followed
    std::size_t group = 0;
  };

  void follow_handles(std::size_t group) {
    std::queue<std::size_t> open;
    for (auto network : claims_.groups[group].networks) open.push(network);
    for (; !open.empty(); open.pop()) {
      const auto& object = document_.objects[open.front()];
      auto depth = claims_.of[open.front()].depth + 1;
      if (depth > kDepth) continue;
      for (const auto& attribute : document_.of(object))
        if (attribute.key && attribute.key->meaning == Meaning::reference)
          follow(attribute, {group, depth, true, attribute.key->role}, open);
    }
  }

  /// The handles in a value: one, or several with commas or blanks between them.
  void follow(const Attribute& attribute, const Claim& claim, std::queue<std::size_t>& open) {
    auto rest = attribute.value;
    while (!rest.empty()) {
      auto end = rest.find_first_of(" \t,");
      name_handle(rest.substr(0, end), claim, open);
      rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
    }
  }

  void name_handle(std::string_view text, const Claim& claim, std::queue<std::size_t>& open) {
    auto found = handles_.find(ascii::to_lower(text));
    if (found == handles_.end()) return;
    auto& handle = found->second;
    // Once, and again for a better role only, so that a handle named a thousand times costs no
    // more.
    bool is_anothers = handle.named_for && handle.group != *claim.group;
    if (is_anothers || (handle.named_for && *handle.named_for <= *claim.role)) return;
    handle.named_for = claim.role;
    handle.group = *claim.group;
    for (auto object : handle.objects) {
      auto& known = claims_.of[object];
      if (!known.group) {
        known = claim;
        open.push(object);
      } else if (known.group == claim.group && known.by_handle && *claim.role < *known.role) {
        known.role = claim.role;
      }
    }
  }

  void claim_by_place() {
    auto is_network = [](const Object& object) { return object.network.has_value(); };
    auto network = std::ranges::find_if(document_.objects, is_network);
    if (network == document_.objects.end()) return;
    auto above = static_cast<std::size_t>(network - document_.objects.begin());
    for (std::size_t i = 0; i < document_.objects.size(); ++i) {
      const auto& object = document_.objects[i];
      if (object.network) above = i;
      auto& claim = claims_.of[i];
      if (claim.group || !claims_.of[above].group || object.network) continue;
      bool is_unnamed = !object.handle.empty() || object.is_other;
      claim = {claims_.of[above].group, is_unnamed ? 2U : 1U, false, std::nullopt};
    }
  }

  const Document& document_;
  Claims& claims_;
  std::unordered_map<std::string, Handle> handles_;
};

}  // namespace

Claims claim_objects(const Document& document, const net::Address& address) {
  Claims claims;
  claims.groups = groups_around(document, address);
  Claimer(document, claims).claim();
  return claims;
}

}  // namespace mailtrust::whois
