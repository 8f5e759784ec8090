#pragma once
// An XML document as UTF-8, whatever it came in, and where in it what does not fit was found.
// XML 1.0 section 4.3.3 and appendix F.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "report/aggregate.hpp"

namespace mailtrust::report {

class DocumentText {
 public:
  /// `octets` and `faults` must outlive it. UTF-8 is not copied. A byte order mark or the first
  /// octets tell UTF-16, whatever is declared; else the declaration is believed. One that is not
  /// known or not true is a fault, and so are octets that are not UTF-8, which stay as they are.
  DocumentText(std::string_view octets, std::vector<Fault>& faults);
  DocumentText(const DocumentText&) = delete;
  DocumentText& operator=(const DocumentText&) = delete;

  [[nodiscard]] std::string_view utf8() const { return text_; }

  /// "LINE:COLUMN", octets of the original; `offset` is into utf8(). Asked for in ascending order
  /// the time is linear in all.
  std::string where(std::size_t offset);

  /// Beyond limits::kMessagesPerInput they are dropped.
  void add_fault(std::size_t offset, std::string message);

 private:
  void add_too_long(std::size_t most);
  void take_converted(std::string text, std::size_t unit);
  void check_utf8();

  std::vector<Fault>& faults_;
  std::string converted_;
  std::string_view text_;
  std::size_t unit_ = 0;  ///< least octets of a character in the original; 0: it is the text
  std::size_t line_ = 1;
  std::size_t line_at_ = 0;
};

}  // namespace mailtrust::report
