#pragma once
// Gathers the mail addresses of an RDAP object: entities within entities, remarks, links.
// RFC 9083 sections 4.3 (remarks), 5.1 (entities), 10.2.4 (roles).

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "json/value.hpp"
#include "rdap/answer.hpp"
#include "rdap/card.hpp"
#include "registration/registration.hpp"

namespace mailtrust::rdap {

/// What "roles" of an entity says, each once; `other` where nothing is said that we know.
std::vector<registration::Role> roles_of(const json::Value& roles);

/// The lines of a remark or notice with its title, and the mailboxes it links to.
std::string text_of(const json::Value& remark);

class Contacts {
 public:
  /// The entities of `object`, which is `depth` away from the network, and all within them.
  void add_entities(const json::Value& object, unsigned depth);

  /// One entity; the roles are given where it does not tell its own.
  void add_entity(const json::Value& entity, std::vector<registration::Role> roles, unsigned depth);

  /// Addresses in the remarks of `object`, called `place` in the answer.
  void add_remarks(const json::Value& object, std::string_view place, unsigned depth);

  /// Addresses in notices: the registry's words.
  void add_notices(const json::Value& object);

  /// Each address once per role, in the order of the answer.
  std::vector<registration::Mention> take_mentions();

  /// Entities without an address, best role first.
  std::vector<EntityLink> take_links();

  /// Who has the network, by the entity that tells it best; either may be empty.
  [[nodiscard]] const std::string& organization() const { return organization_; }

  [[nodiscard]] const std::string& country() const { return country_; }

 private:
  struct Said;  // what the registry's remarks say of addresses

  void add_emails(const Card& card, const std::vector<registration::Role>& roles,
                  std::string_view handle, unsigned depth, const Said& said);
  void add(registration::Mention mention);
  void add_link(const json::Value& entity, const std::vector<registration::Role>& roles,
                unsigned depth);
  void note_holder(const Card& card, const std::vector<registration::Role>& roles,
                   const json::Value& entity);

  std::vector<registration::Mention> mentions_;
  std::unordered_set<std::string> known_;  // role and address
  std::vector<EntityLink> links_;
  std::unordered_set<std::string> linked_;
  std::string organization_;
  std::string country_;
  int holder_rank_ = 100;  // how sure the entity is that told organization_; least is best
};

}  // namespace mailtrust::rdap
