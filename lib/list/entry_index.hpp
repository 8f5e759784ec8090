#pragma once
// Entries in memory, found by an address or a mailbox: one look-up for each prefix length in use.

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/sip_hash.hpp"
#include "list/entry.hpp"

namespace mailtrust::list {

/// An entry and why it is there.
struct Remark {
  Entry entry;
  std::string comment;
};

class EntryIndex {
 public:
  /// Of equal entries the first one stays.
  void add(const Entry& entry, std::string_view comment);

  /// Sorts the ranges; to be called between add() and find().
  void finish();

  [[nodiscard]] bool empty() const { return remarks_.empty(); }

  /// Those around `address` (which is not IPv4-mapped), the mailbox, and the domain it is in, in no
  /// particular order. An empty mailbox matches nothing.
  [[nodiscard]] std::vector<const Remark*> find(const Block& address,
                                                std::string_view mailbox) const;

 private:
  struct Key {
    net::Family family;
    net::Uint128 first;
    unsigned length;

    friend bool operator==(const Key& a, const Key& b) {
      return a.family == b.family && a.first == b.first && a.length == b.length;
    }
  };

  struct Hash {
    SipHash hash;
    std::size_t operator()(const Key& key) const;

    std::size_t operator()(const std::string& name) const { return hash(name); }
  };

  static constexpr std::size_t kLengths = 129;

  void find_prefixes(const Block& address, std::vector<const Remark*>& found) const;
  void find_ranges(const Block& address, std::vector<const Remark*>& found) const;

  std::vector<Remark> remarks_;
  std::unordered_map<Key, std::size_t, Hash> prefixes_;
  std::unordered_map<std::string, std::size_t, Hash> names_;
  std::bitset<kLengths> lengths_[2];  // in use, by family
  std::vector<std::size_t> ranges_;   // that are no prefix, by block
  std::vector<Block> reaches_;        // of ranges_: that which ends last up to here
};

}  // namespace mailtrust::list
