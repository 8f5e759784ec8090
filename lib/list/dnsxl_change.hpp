#pragma once
// What it takes to make the zone that a server has the zone that a list asks for.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "base/limits.hpp"
#include "dns/name.hpp"
#include "dns/wire_reader.hpp"
#include "dns/wire_writer.hpp"
#include "list/dnsxl.hpp"

namespace mailtrust::list::dnsxl {

/// How a listed name answers.
struct Answer {
  std::uint32_t code = kDefaultCode;  ///< the A record
  std::uint32_t ttl = 300;            ///< seconds
};

/// The TXT record of a comment; empty for an empty one.
std::string text_data(std::string_view comment);

/// One name and what happens to it. The two record sets are bits.
struct Change {
  enum class Kind : std::uint8_t { add, change, remove };

  static constexpr std::uint8_t kAddress = 1;
  static constexpr std::uint8_t kText = 2;

  Kind kind = Kind::add;
  Owner owner;
  std::string_view comment;  ///< what it is to have from now on
  std::uint8_t removed = 0;
  std::uint8_t added = 0;
};

/// "add", "change", "remove"
std::string_view to_string(Change::Kind kind);

class Difference {
 public:
  /// A and TXT records that the zone may hold beyond those the list asks for.
  static constexpr std::size_t kMostStrangers = 4 * limits::kPublishedNames;

  /// `listings` as listings() makes them; they must outlive it. A zone name is refused (usage,
  /// `where` empty) when the longest names do not fit in front of it.
  static Expected<Difference> make(std::span<const Listing> listings, dns::Name zone,
                                   Answer answer);

  /// Forgets what the server has.
  void reset();

  /// A record that the server has. Only A and TXT records at the names of an address zone count,
  /// all else is left alone: name servers, their addresses, what a signer adds. An Error
  /// (temporary) for more than kMostStrangers.
  Expected<void> take(const dns::wire::RawRecord& record);

  /// First all that is added and changed, in the order of the names, so that what is listed before
  /// and after is listed in between; then what is removed, from the last name to the first.
  [[nodiscard]] std::vector<Change> changes();

  /// The change as records of an update.
  void write(dns::wire::Writer& message, const Change& change) const;

 private:
  /// A record set at a name that the list does not ask for.
  struct Stranger {
    Owner owner;
    std::uint8_t sets = 0;
  };

  Difference(std::span<const Listing> listings, dns::Name zone, Answer answer);

  [[nodiscard]] bool is_right(const dns::wire::RawRecord& record, const Listing& listing) const;
  void add_wanted(std::vector<Change>& out) const;
  void add_strangers(std::vector<Change>& out);

  std::span<const Listing> listings_;
  dns::Name zone_;
  std::size_t zone_labels_;
  Answer answer_;
  std::string code_;                ///< RDATA of the A record
  std::vector<std::uint8_t> seen_;  ///< for each listing, the bits of what the server has there
  std::vector<Stranger> strangers_;
};

}  // namespace mailtrust::list::dnsxl
