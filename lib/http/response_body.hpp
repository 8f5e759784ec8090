#pragma once
// The body of a response, inflated and counted as it comes.

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/inflater.hpp"

namespace mailtrust::http {

class ResponseBody {
 public:
  /// The next octets; `coding` as the Content-Encoding field has it, the same each time. What is
  /// wrong, in a few words: over limits::kHttpBody octets after inflating, damaged, another coding
  /// than gzip. Empty when all is well.
  std::string_view add(std::string_view octets, std::string_view coding);

  /// False when the end of what was packed is missing.
  [[nodiscard]] bool is_complete() const { return !inflater_ || inflater_->is_complete(); }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  bool append(std::string_view octets);
  std::string_view inflate(std::string_view octets);

  std::string text_;
  std::unique_ptr<Inflater> inflater_;
};

}  // namespace mailtrust::http
