#pragma once
// A line read from the left. What outsiders chose (addresses, greetings, replies) is stepped over
// by its own grammar, so that a field forged inside of it is never taken for one of the server's.

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/ascii.hpp"

namespace mailtrust::maillog {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] std::string_view rest() const { return rest_; }

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  [[nodiscard]] bool sees(std::string_view literal) const { return rest_.starts_with(literal); }

  bool skip(std::string_view literal) {
    if (!sees(literal)) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }

  void skip_spaces() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  std::string_view take(std::size_t count) {
    auto taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  /// What is before `mark`, which is stepped over; nothing, and no step, where there is none.
  std::optional<std::string_view> until(std::string_view mark) {
    auto end = rest_.find(mark);
    if (end == std::string_view::npos) return std::nullopt;
    auto taken = take(end);
    rest_.remove_prefix(mark.size());
    return taken;
  }

  /// Up to one of `ends`, which stays, or to the end.
  std::string_view word(std::string_view ends = " ") { return take(rest_.find_first_of(ends)); }

  /// An address up to `mark`, which is stepped over: a quoted local part (RFC 5321 section 4.1.2)
  /// may hold anything. Nothing, and no step, where `mark` does not follow.
  std::optional<std::string_view> address(std::string_view mark) {
    auto end = rest_.find(mark, quoted());
    if (end == std::string_view::npos) end = rest_.find(mark);
    if (end == std::string_view::npos) return std::nullopt;
    auto taken = take(end);
    rest_.remove_prefix(mark.size());
    return taken;
  }

  /// Octets of the quoted string that stands here, quotes included; 0: none, or it has no end.
  [[nodiscard]] std::size_t quoted() const {
    if (rest_.empty() || rest_.front() != '"') return 0;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '\\')
        ++i;
      else if (rest_[i] == '"')
        return i + 1;
    }
    return 0;
  }

 private:
  std::string_view rest_;
};

/// "mx.example[192.0.2.1]:25", "mx.example [192.0.2.1]", "mx.example. [192.0.2.1]", "[192.0.2.1]".
struct Host {
  std::string_view name;
  std::string_view ip;  ///< empty when what is in brackets is no address
};

inline Host read_host(std::string_view text) {
  auto open = text.find('[');
  auto name = ascii::trim(text.substr(0, open));
  if (name.ends_with('.')) name.remove_suffix(1);
  if (open == std::string_view::npos) return {name, {}};
  auto ip = text.substr(open + 1, text.find(']', open) - open - 1);
  if (ascii::istarts_with(ip, "ipv6:")) ip.remove_prefix(5);
  auto is_part = [](char c) { return ascii::hex_value(c) >= 0 || c == '.' || c == ':'; };
  bool is_address = !ip.empty() && std::ranges::all_of(ip, is_part);
  return {name, is_address ? ip : std::string_view()};
}

}  // namespace mailtrust::maillog
