#pragma once
// The records of a zone, packed: what a large zone takes in memory is little more than its octets.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/sip_hash.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// Names in lower-cased wire form, each with its records in the order they came in. A record takes
/// some 50 octets more than its RDATA. Filled by one thread, then sealed, then read by any number.
class ZoneSets {
 public:
  using Node = std::uint32_t;  ///< a name that exists

  /// The name and all of its ancestors (RFC 4592 section 2.2.2) exist from now on.
  Node add_name(std::string_view wire);

  /// At the name of its owner.
  void add(const Record& record);

  /// Leaves one of identical records, with the least TTL of them (RFC 2181 section 5.2).
  void seal();

  [[nodiscard]] std::optional<Node> find(std::string_view wire) const;

  /// All records of the type, each with its owner as it was spelled; null when there are none.
  [[nodiscard]] AnswerPtr answer(Node node, Type type) const;

  /// The names that have records of the type, sorted.
  [[nodiscard]] std::vector<Name> owners(Type type) const;

  /// What all of it takes.
  [[nodiscard]] std::size_t octets() const;

 private:
  using Place = std::uint32_t;  // in the octets of all blocks

  struct Named {
    Place name;   // its length in one octet, then its octets
    Place first;  // of its records
    Place last;
  };

  // In front of the owner's and the record's octets.
  struct Head {
    Place next;
    std::uint32_t ttl;
    Type type;
    std::uint16_t data_size;
    std::uint16_t owner_size;  // 0: spelled as the name is
    std::uint16_t unused;
  };

  struct Row;

  std::optional<Node> insert(std::string_view wire);
  void grow();
  void collapse(Named& named);
  [[nodiscard]] std::size_t slot_of(std::string_view wire) const;
  [[nodiscard]] std::string_view name_at(Place place) const;
  [[nodiscard]] Row row_at(Place place) const;
  [[nodiscard]] const char* at(Place place) const;
  Place take(std::size_t size);
  void write(Place place, const Head& head);

  SipHash hash_;
  std::vector<std::unique_ptr<char[]>> blocks_;  // they do not move, so growing copies nothing
  std::size_t used_ = 0;                         // of the last block
  std::deque<Named> nodes_;
  std::vector<Node> slots_;  // open addressing, at most half full
};

}  // namespace mailtrust::dns
