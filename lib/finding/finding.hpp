#pragma once
// What is worth telling about a thing judged, each by a stable id that `mailtrust explain ID`
// can say more about.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "finding/ids.hpp"

namespace mailtrust::finding {

enum class Severity { error, warning, info };

std::string_view to_string(Severity severity);

/// A finding's place in the catalogue: a literal that names an id of ids.hpp, or it does not
/// compile.
class Id {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is the natural spelling.
  consteval Id(const char* text) : text_(text) {
    bool known = false;
    for (std::string_view id : kIds) known = known || id == text_;
    if (!known) throw "not an id of finding/ids.hpp";
  }

  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// Text from outside inside `message` and `hint` is raw: whoever prints escapes it.
struct Finding {
  std::string id;
  Severity severity = Severity::info;
  std::string message;    ///< what is wrong, with the value that is; no capital, no full stop
  std::string hint;       ///< what to do, written alike; lines after the first are to paste
  std::string reference;  ///< "RFC 7208 section 4.6.4"
  std::string where;      ///< a domain, `domain:column` in its record, or a file position
};

/// What `explain` prints. `severity` and `reference` are the defaults of make().
struct Entry {
  std::string_view id;
  Severity severity;
  std::string_view reference;
  std::string_view title;  ///< what is wrong, in a few words
  std::string_view text;   ///< what it is, why it hurts, how to mend it; paragraphs by empty lines
};

/// The whole catalogue, sorted by id.
std::span<const Entry> catalogue();

/// Nothing when there is no such id.
const Entry* find(std::string_view id);

/// A finding with severity and reference from the catalogue.
Finding make(Id id, std::string where, std::string message, std::string hint = {});

/// Sorts the most harmful first: by severity, otherwise the order is kept.
void sort_by_harm(std::span<Finding> findings);

}  // namespace mailtrust::finding
