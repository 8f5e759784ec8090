#pragma once
// The value of a Content-Type field. RFC 2045 section 5.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailtrust::message {

struct ContentType {
  std::string type;                                             ///< in lower case: "text/plain"
  std::vector<std::pair<std::string, std::string>> parameters;  ///< names in lower case, unquoted

  [[nodiscard]] bool is_multipart() const { return type.starts_with("multipart/"); }

  /// The first of that name, which is in lower case.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

/// `value` may be folded; comments are left out. Nothing for what has no type and subtype: such a
/// part is text/plain (RFC 2045 section 5.2). Parameters end at the first that is malformed.
std::optional<ContentType> parse_content_type(std::string_view value);

}  // namespace mailtrust::message
