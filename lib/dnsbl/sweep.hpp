#pragma once
// Many lists asked about many addresses.

#include <array>
#include <mutex>
#include <optional>
#include <vector>

#include "base/once.hpp"
#include "dnsbl/answer.hpp"

namespace mailtrust::dnsbl {

/// What one list says about one address.
struct Listing {
  const Zone* zone = nullptr;  ///< never null; lives as long as the Sweep
  Standing standing;
  Kind kind = Kind::block;  ///< of the listing: that of its codes
  std::string meaning;      ///< of the codes; empty when nothing is known about them
  std::string text;         ///< what the list says in TXT, at most kMostText octets
  std::string delist;       ///< the page about this address; empty when none is known
  bool is_for_all = false;  ///< the list is not believed: the same for every address of the family
};

/// Octets of a TXT record kept.
inline constexpr std::size_t kMostText = 500;

/// A list that turns us away on the way.
enum class Refused {
  left_alone,   ///< is not asked any more: who was asked before depends on how fast it answers
  asked_again,  ///< where nobody is there to be left alone: the same answers in any order
};

/// Thread-safe.
class Sweep {
 public:
  explicit Sweep(std::vector<Zone> zones, Refused refused = Refused::left_alone)
      : zones_(std::move(zones)), refused_(refused), refusals_(zones_.size()) {}

  /// One Listing a zone, in their order. Each list is asked for its test entries once, by the first
  /// address of the family; until that is settled the others wait. Then one question for each list
  /// that is believed, all under way before the first answer is waited for, and TXT for listings.
  std::vector<Listing> look_up(dns::Resolver& resolver, const net::Address& address);

  [[nodiscard]] const std::vector<Zone>& zones() const { return zones_; }

 private:
  struct Belief {
    Once once;
    std::vector<Standing> standings;  ///< by zone; `clean`: to be believed
  };

  const std::vector<Standing>& belief(dns::Resolver& resolver, const net::Address& first);
  [[nodiscard]] Standing prove(dns::Resolver& resolver, const Zone& zone, net::Family family) const;
  [[nodiscard]] Listing ask(dns::Resolver& resolver, const Zone& zone,
                            const net::Address& address) const;

  [[nodiscard]] std::vector<std::optional<Standing>> refusals() const;
  void note_refusals(const std::vector<Listing>& listings);

  std::vector<Zone> zones_;
  Refused refused_;
  mutable std::mutex mutex_;
  std::vector<std::optional<Standing>> refusals_;  ///< by zone, of those that were believed
  std::array<Belief, 2> beliefs_;                  ///< by family
};

}  // namespace mailtrust::dnsbl
