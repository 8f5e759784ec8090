#pragma once
// A list as the programs that enforce it read it: one exporter a format. What a format cannot say
// is told entry by entry, before anything is written.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "list/entry.hpp"
#include "list/store.hpp"
#include "net/address.hpp"

namespace mailtrust::list {

/// What an export is about, beside its entries.
struct Heading {
  std::string name;                     ///< of the list, or of its file
  std::optional<Verdict> verdict = {};  ///< nothing: a file of which nobody said
  bool exclusive = false;     ///< an allow list that denies all others, unless it is empty
  std::string set_name = {};  ///< what sets and rules are called; see set_name_of()
  bool tell = false;          ///< comments go into the answer that a sender gets
  std::string name_server = "localhost";  ///< dnsxl, rbldnsd: NS record and SOA
  std::uint32_t serial = 1;               ///< dnsxl: of the SOA record
  std::uint32_t code = 0x7f000002;        ///< dnsxl, rbldnsd: the A record of what is listed
};

/// Takes the entries of a list one after the other, then writes the file.
class Exporter {
 public:
  virtual ~Exporter() = default;

  /// Why the format cannot say the entry, as one lower-case line; empty when it can.
  [[nodiscard]] virtual std::string refuse(const Entry& entry) const = 0;

  /// In any order, duplicates too; only entries that were not refused.
  virtual void add(const Stored& stored) = 0;

  /// The file. The same entries make the same octets. An Error of kind input where a limit of the
  /// format is passed. Call once.
  virtual Expected<std::string> finish() = 0;
};

/// A word of `--format`.
struct Format {
  std::string_view name = {};
  std::string_view summary = {};  ///< for the help text
  bool needs_verdict = false;     ///< the file says allow or deny by itself
  bool keeps_state = false;       ///< has room for paused and expired entries
  bool has_serial = false;        ///< a line of the file holds `; serial`
  std::unique_ptr<Exporter> (*make)(const Heading&) = nullptr;
};

/// Every format there is, in the order of the manual.
std::span<const Format> formats();

/// Null when there is none of that name.
const Format* find_format(std::string_view name);

/// The name without its folder and suffix, made of letters, digits, `_` and `-`, the first a
/// letter: what nftables, ipset and SpamAssassin take for a name. "list" where nothing is left.
std::string set_name_of(std::string_view name);

/// The serial a zone file holds; nothing where there is none.
std::optional<std::uint32_t> serial_in(std::string_view zone);

/// Are two files the same, but for the serial?
bool same_but_serial(std::string_view a, std::string_view b);

}  // namespace mailtrust::list
