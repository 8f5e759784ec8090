#include "message/content_type.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::message {
namespace {

// RFC 2045 section 5.1: token.
bool is_token(char c) {
  constexpr std::string_view kSpecials = "()<>@,;:\\\"/[]?=";
  return c > ' ' && c < 127 && kSpecials.find(c) == std::string_view::npos;
}

class Words {
 public:
  explicit Words(std::string_view value) : rest_(value) { skip(); }

  std::string token() {
    auto end = std::ranges::find_if_not(rest_, is_token) - rest_.begin();
    std::string word(rest_.substr(0, static_cast<std::size_t>(end)));
    rest_.remove_prefix(word.size());
    skip();
    return word;
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    skip();
    return true;
  }

  std::optional<std::string> value() {
    if (rest_.starts_with('"')) return quoted();
    auto word = token();
    return word.empty() ? std::nullopt : std::optional(std::move(word));
  }

 private:
  // Blanks, folds and comments.
  void skip() {
    std::size_t depth = 0;
    std::size_t at = 0;
    for (; at < rest_.size(); ++at) {
      char c = rest_[at];
      if (c == '(') {
        ++depth;
      } else if (depth > 0) {
        if (c == ')') --depth;
        if (c == '\\') ++at;
      } else if (!ascii::is_space(c)) {
        break;
      }
    }
    rest_.remove_prefix(std::min(at, rest_.size()));
  }

  std::optional<std::string> quoted() {
    std::string text;
    std::size_t at = 1;
    for (; at < rest_.size() && rest_[at] != '"'; ++at) {
      if (rest_[at] == '\\' && at + 1 < rest_.size()) ++at;
      if (rest_[at] != '\r' && rest_[at] != '\n') text += rest_[at];
    }
    if (at >= rest_.size()) return std::nullopt;
    rest_.remove_prefix(at + 1);
    skip();
    return text;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<std::string_view> ContentType::parameter(std::string_view name) const {
  auto found = std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
  return found != parameters.end() ? std::optional<std::string_view>(found->second) : std::nullopt;
}

std::optional<ContentType> parse_content_type(std::string_view value) {
  Words words(value);
  auto type = words.token();
  bool slash = words.take('/');
  auto subtype = words.token();
  if (type.empty() || !slash || subtype.empty()) return std::nullopt;
  ContentType found;
  found.type = ascii::to_lower(type + '/' + subtype);
  while (words.take(';')) {
    auto name = words.token();
    if (name.empty()) continue;
    if (!words.take('=')) break;
    auto text = words.value();
    if (!text) break;
    found.parameters.emplace_back(ascii::to_lower(name), std::move(*text));
  }
  return found;
}

}  // namespace mailtrust::message
