#pragma once
// The header of a response, line by line as it comes. RFC 9112 section 5.

#include <cstddef>
#include <string>
#include <string_view>

namespace mailtrust::http {

/// What we want of it. Of a field that comes twice the last one holds; interim responses (100, 103)
/// are forgotten.
class ResponseHead {
 public:
  /// A line with its line end; the status line begins a new response. False when all lines together
  /// are more than limits::kHttpHeader octets.
  bool take(std::string_view line);

  /// Has the empty line come that ends a header?
  [[nodiscard]] bool is_complete() const { return complete_; }

  std::string content_type;
  std::string content_encoding;
  std::string etag;
  std::string location;
  std::string retry_after;

 private:
  void take_field(std::string_view line);

  std::size_t octets_ = 0;
  bool complete_ = false;  // what follows are trailers, which say nothing here
};

}  // namespace mailtrust::http
