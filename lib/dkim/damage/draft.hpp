#pragma once
// The signed part of a header, open to changes: what b= would be made over if this or that were
// undone. RFC 6376 sections 3.7 and 5.4.2.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dkim/diagnose.hpp"
#include "dkim/signature.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim::damage {

/// A field's octets in two: what goes up to the colon, and what follows it without the last CRLF.
struct SplitField {
  std::string name;
  std::string value;

  [[nodiscard]] std::string raw() const { return name + ":" + value + "\r\n"; }
};

SplitField split_field(std::string_view raw);

/// The fields of one name that h= has.
struct Group {
  std::string name;                 ///< in lower case
  std::string written;              ///< as in h=
  std::size_t wanted = 0;           ///< how often h= has it
  std::vector<std::string> fields;  ///< raw; the one that is signed first, the lowest, is first

  [[nodiscard]] bool is_signed() const { return wanted > 0 && !fields.empty(); }
};

/// What would stand for a group. `canonical`: one for each field.
struct Replacement {
  std::size_t group = 0;
  std::vector<std::string> canonical;

  bool operator==(const Replacement&) const = default;
};

/// One suspect: undoing it means these replacements.
struct Edit {
  std::vector<Replacement> changes;
  std::vector<Damage> damages;
  int weight = 0;  ///< 0: common, more: rarer

  /// Do both change a group? Of edits of very many groups: yes.
  [[nodiscard]] bool touches_what(const Edit& other) const;
};

class Draft {
 public:
  /// `field`: index of the signature's own in the header.
  Draft(const message::Header& header, const Signature& signature, std::size_t field);

  /// One for each name in h=, in its order; the last is the signature field itself without its b=.
  [[nodiscard]] std::span<const Group> groups() const { return groups_; }

  [[nodiscard]] std::size_t signature_group() const { return groups_.size() - 1; }

  [[nodiscard]] Canonicalization form() const { return form_; }

  /// As many of `fields` as are signed, in canonical form.
  [[nodiscard]] std::vector<std::string> canonical(std::size_t group,
                                                   std::span<const std::string> fields,
                                                   Canonicalization form) const;

  /// Does the replacement change anything that is signed?
  [[nodiscard]] bool is_change(const Replacement& replacement) const;

  /// What b= is made over once the edits, which touch different groups, are carried out.
  [[nodiscard]] std::string octets(std::span<const Edit* const> edits) const;

 private:
  void read_order(const Signature& signature);
  void read_fields(const message::Header& header, std::size_t field);

  Canonicalization form_;
  std::vector<Group> groups_;
  std::vector<std::vector<std::string>> canonical_;         // of groups_
  std::vector<std::pair<std::size_t, std::size_t>> order_;  // group and which of its fields
};

}  // namespace mailtrust::dkim::damage
