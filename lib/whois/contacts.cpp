#include "whois/contacts.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/ascii.hpp"
#include "whois/line.hpp"
#include "whois/range.hpp"
#include "whois/words.hpp"

namespace mailtrust::whois {
namespace {

using registration::Mention;
using registration::Role;

/// What a wider network adds to the depth: more than any depth within one.
constexpr unsigned kWider = 4;

/// Lines of the kind "Abuse contact for ..." that are read: one for each object that a server
/// shows.
constexpr std::size_t kMostTold = 32;

std::string named(const Attribute& attribute) {
  if (attribute.name.empty()) return {};
  return ", " + std::string(attribute.name.substr(0, 40)) + ':';
}

std::string place_of(const Attribute& attribute) {
  auto place = "line " + std::to_string(attribute.line);
  return place + named(attribute);
}

std::string place_of(std::span<const Attribute> lines) {
  if (lines.size() == 1) return place_of(lines.front());
  return "lines " + std::to_string(lines.front().line) + " to " +
         std::to_string(lines.back().line) + named(lines.front());
}

bool has_abuse_mail(std::span<const Attribute> attributes) {
  return std::ranges::any_of(attributes, [](const Attribute& attribute) {
    return attribute.key && attribute.key->meaning == Meaning::mail &&
           attribute.key->role == Role::abuse;
  });
}

/// What the object says itself of what it is for: "irt: ...", "role: Example Abuse Team".
std::optional<Role> named_role(std::span<const Attribute> attributes) {
  for (const auto& attribute : attributes) {
    if (!attribute.key) continue;
    if (attribute.key->meaning == Meaning::handle && attribute.key->role)
      return attribute.key->role;
    bool is_title = attribute.key->meaning == Meaning::title;
    if (is_title && role_of_words(attribute.value) == Role::abuse) return Role::abuse;
  }
  return std::nullopt;
}

/// For what the mail address of an object is.
Role role_of_object(const Object& object, const Claim& claim,
                    std::span<const Attribute> attributes) {
  if (object.section) return *object.section;
  auto role = named_role(attributes);
  if (!role) role = claim.role;
  if (!role) role = object.handle.empty() ? Role::administrative : Role::other;
  // Where an address of its own is for abuse, the general one is for the rest.
  if (role == Role::abuse && has_abuse_mail(attributes)) return Role::technical;
  return *role;
}

/// What the name of a line says of the addresses in it, else the title above.
std::optional<Role> role_of_text(const Object& object, const Attribute& line) {
  if (line.key) return std::nullopt;
  if (auto role = role_of_words(line.name)) return role;
  return object.section;
}

class Collector {
 public:
  Collector(const Document& document, const Claims& claims)
      : document_(document), claims_(claims) {}

  std::vector<Mention> collect(const net::Address& address) {
    rank_groups();
    collect_told_contacts(address);
    std::vector<std::vector<std::size_t>> members(claims_.groups.size());
    for (std::size_t i = 0; i < document_.objects.size(); ++i)
      if (const auto& group = claims_.of[i].group) members[ranks_[*group]].push_back(i);
    for (std::size_t rank = 0; rank < members.size(); ++rank)
      for (auto object : members[rank]) collect_object(object, depth_of(rank));
    collect_comments();
    return std::move(mentions_);
  }

 private:
  static unsigned depth_of(std::size_t rank) {
    return static_cast<unsigned>(std::min<std::size_t>(rank, 1000)) * kWider;
  }

  void rank_groups() {
    ranks_.resize(claims_.groups.size());
    std::size_t next = 0;
    for (bool is_end_user : {false, true})
      for (std::size_t i = 0; i < ranks_.size(); ++i)
        if (claims_.groups[i].is_end_user == is_end_user) ranks_[i] = next++;
  }

  void add(Mention mention) {
    if (mentions_.size() >= kMostMentions) return;
    auto identity = ascii::to_lower(mention.email) + static_cast<char>(mention.role);
    if (seen_.insert(std::move(identity)).second) mentions_.push_back(std::move(mention));
  }

  void add_all(const Attribute& attribute, Role role, unsigned depth) {
    for (auto& mention : registration::addresses_in(attribute.value)) {
      mention.role = role;
      mention.place = place_of(attribute);
      mention.depth = depth;
      add(std::move(mention));
    }
  }

  void collect_object(std::size_t index, unsigned network_depth) {
    const auto& object = document_.objects[index];
    const auto& claim = claims_.of[index];
    auto attributes = document_.of(object);
    auto object_role = role_of_object(object, claim, attributes);
    while (!attributes.empty()) {
      const auto& attribute = attributes.front();
      auto role = attribute.key ? attribute.key->role : std::nullopt;
      std::size_t taken = 1;
      switch (attribute.key ? attribute.key->meaning : Meaning::remark) {
        case Meaning::network_mail: add_all(attribute, *role, network_depth); break;
        case Meaning::object_mail:
          add_all(attribute, object_role, network_depth + claim.depth);
          break;
        case Meaning::mail:
        case Meaning::reference:
        case Meaning::changed: add_all(attribute, *role, network_depth + claim.depth); break;
        default: taken = collect_text(object, attributes, network_depth + claim.depth);
      }
      attributes = attributes.subspan(taken);
    }
  }

  /// Lines of one key, one below the other, are one text. Returns how many there are.
  std::size_t collect_text(const Object& object, std::span<const Attribute> attributes,
                           unsigned depth) {
    const auto& first = attributes.front();
    std::size_t count = 1;
    while (count < attributes.size() && attributes[count].key == first.key &&
           (first.key || attributes[count].name == first.name) &&
           attributes[count].line == attributes[count - 1].line + 1)
      ++count;
    collect_run(attributes.first(count), role_of_text(object, first), depth);
    return count;
  }

  /// `role`: what the key says, which goes before what the text does.
  void collect_run(std::span<const Attribute> lines, std::optional<Role> role, unsigned depth,
                   bool by_registry = false) {
    if (std::ranges::none_of(lines, may_hold_address)) return;
    std::string text;
    for (const auto& line : lines) text.append(line.value).append(1, '\n');
    for (auto& mention : registration::addresses_in(text)) {
      if (role) mention.role = *role;
      mention.place = place_of(lines);
      mention.depth = depth;
      mention.by_registry = by_registry;
      add(std::move(mention));
    }
  }

  static bool tells_contact(const Attribute& comment) {
    return ascii::istarts_with(comment.value, "abuse contact for ");
  }

  /// RIPE, APNIC, AFRINIC: "% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@example.net'".
  void collect_told_contacts(const net::Address& address) {
    std::size_t told = 0;
    for (const auto& comment : document_.comments) {
      if (!tells_contact(comment) || ++told > kMostTold) continue;
      auto parts = ascii::split(comment.value, '\'');
      auto range = parts.size() == 5 ? read_range(parts[1]) : std::nullopt;
      if (!range || !contains(*range, address)) continue;
      auto group = std::ranges::find(claims_.groups, *range, &Group::range);
      if (group == claims_.groups.end()) group = claims_.groups.begin();
      auto rank = group == claims_.groups.end()
                      ? 0
                      : ranks_[static_cast<std::size_t>(group - claims_.groups.begin())];
      add_all({nullptr, "Abuse contact", parts[3], comment.line}, Role::abuse, depth_of(rank));
    }
  }

  /// What the server tells everybody: "mail abuse issues should be addressed to ...".
  void collect_comments() {
    std::span<const Attribute> rest = document_.comments;
    while (!rest.empty()) {
      std::size_t count = 1;
      while (count < rest.size() && rest[count].line == rest[count - 1].line + 1) ++count;
      if (!tells_contact(rest.front())) collect_run(rest.first(count), std::nullopt, kWider, true);
      rest = rest.subspan(count);
    }
  }

  static bool may_hold_address(const Attribute& attribute) {
    return attribute.value.find('@') != std::string_view::npos || holds(attribute.value, " at ") ||
           holds(attribute.value, "(at)") || holds(attribute.value, "[at]");
  }

  const Document& document_;
  const Claims& claims_;
  std::vector<std::size_t> ranks_;  ///< of each group, in the order of contacts
  std::vector<Mention> mentions_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

std::vector<Mention> contacts_in(const Document& document, const Claims& claims,
                                 const net::Address& address) {
  return Collector(document, claims).collect(address);
}

}  // namespace mailtrust::whois
