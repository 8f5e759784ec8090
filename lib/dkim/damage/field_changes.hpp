#pragma once
// Fields written otherwise: folds, blanks and the case of names, which c=simple minds.
// RFC 6376 section 3.4.1.

#include <span>
#include <string>
#include <string_view>

#include "dkim/damage/draft.hpp"

namespace mailtrust::dkim::damage {

struct FieldChange {
  std::string_view kind;     ///< of kinds()
  std::string_view message;  ///< "would verify with the Subject field ..."

  /// `raw` as it would have been.
  std::string (*change)(std::string_view raw, const Group& group);
};

std::span<const FieldChange> field_changes();

/// On one line, its white space kept.
std::string unfolded(std::string_view raw);

}  // namespace mailtrust::dkim::damage
