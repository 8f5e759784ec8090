#pragma once
// Which terms are flattened, and what is then left to write. Used by flatten.cpp only.

#include <optional>
#include <string>
#include <vector>

#include "net/prefix_set.hpp"
#include "spf/partition.hpp"
#include "spf/survey.hpp"

namespace mailtrust::spf {

/// Neighbours with the same qualifier: their order does not matter, so addresses come first, which
/// cost nothing to compare.
struct Block {
  Qualifier qualifier = Qualifier::pass;
  net::PrefixSet addresses;
  std::vector<std::string> kept;  ///< other mechanisms, without qualifier
};

/// A record to be written.
struct Draft {
  dns::Name name;
  std::vector<Block> blocks;
  std::vector<std::string> ending;  ///< all, redirect, other modifiers
  std::vector<Draft> copies;        ///< records of our own that it refers to
};

/// Gives out names for records of our own: _spf1.DOMAIN, _spf2.DOMAIN, ... leaving out those that
/// the survey met.
class FreshNames {
 public:
  explicit FreshNames(const Survey& survey) : survey_(survey) {}

  /// Nothing when the domain is too long for another label.
  std::optional<dns::Name> next();

 private:
  const Survey& survey_;
  unsigned last_ = 0;
};

/// A term of the domain's record that can be made cheaper.
struct Candidate {
  std::size_t term = 0;      ///< index in Node::terms of the root
  std::size_t saving = 0;    ///< lookups
  std::size_t prefixes = 0;  ///< to be written for it
};

class Plan {
 public:
  /// Both must outlive the plan.
  Plan(const Survey& survey, const std::vector<Partition>& partitions);

  [[nodiscard]] std::vector<Candidate> candidates() const;

  /// The domain's record with these terms flattened. `gather`: addresses may be written before the
  /// kept terms of their block. Nothing when there is no name for a copy.
  [[nodiscard]] std::optional<Draft> draft(const std::vector<std::size_t>& terms, bool gather,
                                           FreshNames& names) const;

 private:
  struct Writer;

  // A record of ours in the place of an included one, with everything in it listed that can be.
  struct Copy {
    bool settled = false;
    bool possible = false;
    std::size_t lookups = 0;
    std::size_t prefixes = 0;
  };

  [[nodiscard]] std::optional<net::PrefixSet> listed(const Node& node, const Term& term) const;
  [[nodiscard]] const Copy* copy_of(const Node& node, const Term& term) const;
  void settle(std::size_t node);
  void settle_term(Copy& copy, const Node& node, const Term& term);

  const Survey& survey_;
  const std::vector<Partition>& partitions_;
  std::vector<Copy> copies_;  // by node
};

/// The candidates that together save at least `need`, with the fewest prefixes, then the fewest
/// terms; all when they cannot. Indices of terms, in order.
std::vector<std::size_t> choose(const std::vector<Candidate>& candidates, std::size_t need);

}  // namespace mailtrust::spf
