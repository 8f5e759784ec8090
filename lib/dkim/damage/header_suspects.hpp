#pragma once
// What may have happened to the fields that a signature covers, each as an Edit that undoes it.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dkim/damage/draft.hpp"
#include "dkim/damage/mime_parts.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim::damage {

/// Collects edits; those that change nothing signed, and those that are there already, are dropped.
class SuspectList {
 public:
  explicit SuspectList(const Draft& draft) : draft_(draft) {}

  [[nodiscard]] const Draft& draft() const { return draft_; }

  /// Enough: what is added now is dropped.
  [[nodiscard]] bool full() const { return edits_.size() >= kMostEdits || octets_ >= kMostOctets; }

  /// The group of that name, in lower case; nothing when h= does not have it.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

  /// The fields of the group would have been these.
  void fields(std::size_t group, std::span<const std::string> raws, Damage damage, int weight);

  /// The field `which` of the group would have had this value (all that follows the colon).
  void value(std::size_t group, std::size_t which, std::string_view value, Damage damage,
             int weight);

  /// Every field, and unless `all_but_signature` the signature too, would have been what `change`
  /// makes of it, in that form.
  void everything(const std::function<std::string(std::string_view raw, const Group&)>& change,
                  Canonicalization form, bool all_but_signature, Damage damage, int weight);

  /// Several groups at once.
  void add(Edit edit);

  /// The common ones first.
  std::vector<Edit> take();

 private:
  // Far more than a real header gives rise to.
  static constexpr std::size_t kMostEdits = 600;
  static constexpr std::size_t kMostOctets = 16U << 20;

  const Draft& draft_;
  std::vector<Edit> edits_;
  std::size_t octets_ = 0;
};

void suspect_subject(SuspectList& list);
void suspect_addresses(SuspectList& list, const message::Header& header);
void suspect_mime_fields(SuspectList& list, std::span<const ContentFields> parts);
void suspect_date(SuspectList& list);
void suspect_order_and_number(SuspectList& list);
void suspect_removed_fields(SuspectList& list);
void suspect_white_space(SuspectList& list);
void suspect_folds(SuspectList& list);
void suspect_charset(SuspectList& list);

/// `copies`: z=, as written; RFC 6376 section 3.5. Empty: the signature has none.
void suspect_what_copies_tell(SuspectList& list, std::string_view copies);

}  // namespace mailtrust::dkim::damage
