#include "provider/pattern.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::provider {
namespace {

// Longer than any domain name; it bounds the work of the search below.
constexpr std::size_t kMaxText = 255;

bool takes_dots(std::string_view placeholder) {
  return placeholder == "domain" || placeholder == "macro";
}

// Tries every length of the placeholder at the front of `pattern`, the shortest first. At most one
// placeholder of a pattern takes dots, so the tries multiply over labels only.
bool match_from(std::string_view pattern, std::string_view text, std::vector<Capture>& captures) {
  auto open = pattern.find('{');
  auto literal = pattern.substr(0, open);
  if (!ascii::istarts_with(text, literal)) return false;
  text.remove_prefix(literal.size());
  if (open == std::string_view::npos) return text.empty();

  auto close = pattern.find('}', open);
  auto placeholder = pattern.substr(open + 1, close - open - 1);
  auto rest = pattern.substr(close + 1);
  for (std::size_t length = 1; length <= text.size(); ++length) {
    if (text[length - 1] == '.' && !takes_dots(placeholder)) return false;
    captures.push_back({placeholder, std::string(text.substr(0, length))});
    if (match_from(rest, text.substr(length), captures)) return true;
    captures.pop_back();
  }
  return false;
}

}  // namespace

std::string_view literal_tail(std::string_view pattern) {
  auto close = pattern.rfind('}');
  return close == std::string_view::npos ? pattern : pattern.substr(close + 1);
}

std::optional<std::vector<Capture>> match(std::string_view pattern, std::string_view text) {
  if (text.size() > kMaxText || !ascii::iends_with(text, literal_tail(pattern))) return {};
  std::vector<Capture> captures;
  if (!match_from(pattern, text, captures)) return {};
  return captures;
}

std::optional<std::string> fill(std::string_view pattern, const std::vector<Capture>& captures) {
  std::string filled;
  while (true) {
    auto open = pattern.find('{');
    filled += pattern.substr(0, open);
    if (open == std::string_view::npos) return filled;
    auto close = pattern.find('}', open);
    auto placeholder = pattern.substr(open + 1, close - open - 1);
    auto capture = std::ranges::find(captures, placeholder, &Capture::placeholder);
    if (capture == captures.end()) return std::nullopt;
    filled += capture->text;
    pattern.remove_prefix(close + 1);
  }
}

}  // namespace mailtrust::provider
