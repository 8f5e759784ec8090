#pragma once
// Which entry of which list decides about an address and a sender, and what it overrules.
//
// The order, as the programs that enforce lists keep it: allow before deny; of the same verdict an
// address (prefix, range) before a mailbox before a domain; of several around one address the
// smallest. Entries that are paused or have expired have no say.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "list/entry.hpp"
#include "net/address.hpp"

namespace mailtrust::list {

/// Who wants to be let in.
struct Visitor {
  net::Address address;      ///< IPv4-mapped is IPv4
  std::string mailbox = {};  ///< normal form, as in an Entry; empty: unknown, or the null sender
};

/// `user@example.org`, with or without `<>`; `<>` is the null sender, an empty mailbox. The Error
/// is of kind usage, without `where`.
Expected<std::string> parse_sender(std::string_view text);

/// An entry that speaks about the visitor.
struct Voice {
  std::string list;
  Verdict verdict = Verdict::deny;
  /// Absent: the list is exclusive, and the visitor not on it. That counts as a deny entry which
  /// every other entry goes before.
  std::optional<Entry> entry = {};
  std::string comment = {};
};

struct Decision {
  std::optional<Voice> by;     ///< nothing: no list has an opinion
  std::vector<Voice> shadows;  ///< what `by` goes before, in order

  [[nodiscard]] std::optional<Verdict> verdict() const {
    return by ? std::optional(by->verdict) : std::nullopt;
  }

  /// The shadows that would have denied what is allowed.
  [[nodiscard]] std::vector<Voice> bypasses() const;
};

/// Puts the voices in order.
Decision decide(std::vector<Voice> voices);

/// Several lists that are asked together. Thread-safe once made.
class Panel {
 public:
  /// What one list says about a visitor, in no particular order.
  using Member = std::function<Expected<std::vector<Voice>>(const Visitor&)>;

  void add(Member member) { members_.push_back(std::move(member)); }

  [[nodiscard]] Expected<Decision> decide(const Visitor& visitor) const;

 private:
  std::vector<Member> members_;
};

/// A list file, read into memory; its name is its path. Bad lines end in an Error that names the
/// first of them.
Expected<Panel::Member> member_of_file(const std::string& path, Verdict verdict);

}  // namespace mailtrust::list
