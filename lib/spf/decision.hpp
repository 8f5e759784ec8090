#pragma once
// What happens to a sender address: a result, or a question about the message and what follows
// either answer. Decisions are shared and compared by number, so that two records which treat an
// address alike give it the same number.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spf/record.hpp"

namespace mailtrust::spf {

/// The results of check_host() (RFC 7208 section 2.6), and `depends` for what only a message tells.
enum class Ruling : std::uint8_t {
  none,
  neutral,
  pass,
  fail,
  softfail,
  temperror,
  permerror,
  depends,
};

std::string_view to_string(Ruling ruling);

/// The result a directive with this qualifier gives when it matches.
Ruling ruling_of(Qualifier qualifier);

/// Makes decisions, each once. Equal numbers mean equal behaviour for every message; the reverse
/// holds for records whose conditions come in the same order.
class Decisions {
 public:
  using Id = std::uint32_t;

  /// Further ones are not made: full() says so, and nothing that was made with it is to be trusted.
  static constexpr std::size_t kMost = 10000;

  Decisions();

  [[nodiscard]] static Id result(Ruling ruling) { return static_cast<Id>(ruling); }

  /// Does the condition hold for the message? Then `yes`, else `no`.
  Id choose(const std::string& condition, Id yes, Id no);

  /// A record elsewhere decides, and which one depends on the message.
  Id elsewhere(const std::string& condition);

  /// What `include` makes of it when `inner` is what the included record does: `match` where that
  /// passes, `rest` where the directive does not match. RFC 7208 section 5.2.
  Id include(Id inner, Id match, Id rest);

  /// What `redirect` makes of it. RFC 7208 section 6.1.
  [[nodiscard]] static Id redirect(Id target);

  /// The result, or `depends`.
  [[nodiscard]] static Ruling ruling(Id id);

  [[nodiscard]] bool full() const { return full_; }

 private:
  struct Choice {
    std::uint32_t condition = 0;
    Id yes = 0;
    Id no = 0;

    friend auto operator<=>(const Choice&, const Choice&) = default;
  };

  Id make(const Choice& choice);
  std::uint32_t number_of(const std::string& condition);
  Id include_result(Ruling inner, Id match, Id rest);

  std::unordered_map<std::string, std::uint32_t> conditions_;
  std::vector<Choice> choices_;
  std::map<Choice, Id> known_;
  std::map<Choice, Id> included_;  // (inner, match, rest): work done before
  bool full_ = false;
};

}  // namespace mailtrust::spf
