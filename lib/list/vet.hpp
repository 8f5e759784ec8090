#pragma once
// A look at entries before they go into a list: what is known about them that an administrator
// should hear first. What looks is a Vetter; new sources of knowledge are new Vetters.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "finding/finding.hpp"
#include "list/entry.hpp"
#include "list/provider_ranges.hpp"
#include "list/store.hpp"

namespace mailtrust::list {

class Vetter {
 public:
  Vetter() = default;
  Vetter(const Vetter&) = delete;
  Vetter& operator=(const Vetter&) = delete;
  virtual ~Vetter() = default;

  /// What is to be said about an entry that is about to be allowed or denied, appended. `where` is
  /// for the findings: `FILE:LINE`, or the entry. A finding of severity error stops the change
  /// unless it is forced.
  virtual void look(const Entry& entry, Verdict verdict, std::string_view where,
                    std::vector<finding::Finding>& out) = 0;
};

using Vetters = std::vector<std::unique_ptr<Vetter>>;

/// Private, reserved and very wide blocks, and whole domains that are allowed.
std::unique_ptr<Vetter> vet_by_itself();

/// Deny entries that cover a large mail provider. With `only_errors` one host inside a provider's
/// range is not told.
std::unique_ptr<Vetter> vet_by_providers(ProviderRanges ranges, bool only_errors);

/// Entries that contradict the lists of the other verdict in the store.
Expected<std::unique_ptr<Vetter>> vet_by_lists(Store& store, Verdict verdict);

/// What vetting came to: the first findings, how many there were, and whether one is an error.
struct Vetted {
  static constexpr std::size_t kMost = 1000;

  std::vector<finding::Finding> findings = {};
  std::size_t count = 0;
  bool stops = false;
};

void look(const Vetters& vetters, const Entry& entry, Verdict verdict, std::string_view where,
          Vetted& out);

}  // namespace mailtrust::list
