#pragma once
// The addresses large mail providers send from, by the SPF records of the provider table, so that a
// deny entry that costs a day of mail is told before it does.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "dns/resolver.hpp"
#include "list/entry.hpp"

namespace mailtrust::list {

/// What one SPF record of a provider authorizes.
struct ProviderRecord {
  std::string name;           ///< "_spf.google.com"
  std::string provider;       ///< "Google Workspace"
  std::int64_t as_of = 0;     ///< Unix seconds: when DNS was asked
  std::vector<Block> blocks;  ///< sorted, no two overlap
  std::string unknown = {};   ///< why DNS did not tell, or not all; empty when it did
};

/// What a block has to do with the providers.
struct ProviderHit {
  std::vector<std::string> providers;  ///< each once, those with covered ranges first
  Block range;                         ///< the first covered, else the first overlapped
  bool covers = false;                 ///< all of a range, else a part of one
};

class ProviderRanges {
 public:
  ProviderRanges() = default;
  explicit ProviderRanges(std::vector<ProviderRecord> records);

  /// Nothing when the block touches no provider's range. Logarithmic where that is so.
  [[nodiscard]] std::optional<ProviderHit> find(const Block& block) const;

  [[nodiscard]] const std::vector<ProviderRecord>& records() const { return records_; }

  /// The records that DNS did not tell, or not all of.
  [[nodiscard]] std::vector<const ProviderRecord*> unknown() const;

 private:
  struct Range {
    Block block;
    std::size_t record = 0;
    Block reach;  ///< from the same family, that which ends last up to here
  };

  std::vector<ProviderRecord> records_;
  std::vector<Range> ranges_;  // sorted
};

/// The records of the provider table that name one set of addresses for everybody: those without a
/// placeholder whose answer does not depend on the message.
struct ProviderName {
  std::string_view name;
  std::string_view provider;
};

std::vector<ProviderName> provider_names();

/// Asks for one record, `now` being its date. A domain without an SPF record has no ranges.
ProviderRecord resolve(dns::Resolver& resolver, const ProviderName& name, std::int64_t now);

/// Denying the block is to be refused unless forced: it covers a provider's range, or takes out
/// more than one host (an address, of IPv6 a /64) of one. One host inside a range is a warning.
bool is_careless(const Block& block, const ProviderHit& hit);

/// One line: "covers 192.0.2.0/24 of Example Mail, and ranges of 2 more"
std::string describe(const ProviderHit& hit);

/// What the store caches of a record, and back: the blocks, one a line. Nothing for text that is
/// not of that form.
std::string to_text(const std::vector<Block>& blocks);
std::optional<std::vector<Block>> blocks_from_text(std::string_view text);

}  // namespace mailtrust::list
