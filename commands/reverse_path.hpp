#pragma once
// MAIL FROM as people and logs write it.

#include <string_view>

namespace mailtrust::commands {

/// `<a@example.org>` and `a@example.org` are the same; `<>` is empty.
constexpr std::string_view without_brackets(std::string_view path) {
  if (path.size() > 1 && path.starts_with('<') && path.ends_with('>'))
    return path.substr(1, path.size() - 2);
  return path;
}

}  // namespace mailtrust::commands
