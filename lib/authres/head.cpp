#include "authres/head.hpp"

#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::authres {
namespace {

Head unreadable(std::string problem) {
  return {{}, std::move(problem), false};
}

Head missing() {
  return {{}, "there is no authserv-id", true};
}

void skip_version(Scanner& in) {
  while (ascii::is_digit(in.peek())) in.take(in.peek());
}

std::optional<std::string> take_id(Scanner& in) {
  if (in.peek() == '"') return in.take_quoted();
  auto token = in.take_token();
  if (token.empty()) return std::nullopt;
  return std::string(token);
}

}  // namespace

Head read_head(Scanner& in) {
  constexpr auto kOpenComment = "a comment in front of the results does not end";
  if (!in.skip_cfws()) return unreadable(kOpenComment);
  auto start = in.position();
  auto id = take_id(in);
  if (!id && in.peek() == '"') return unreadable("the quoted authserv-id does not end");
  if (!id || ascii::trim(*id).empty()) return missing();

  if (!in.skip_cfws()) return unreadable(kOpenComment);
  if (in.peek() == '=') {
    // Not "id;" but the first result: some servers name no authserv-id.
    in.go_back(start);
    return missing();
  }
  if (in.take('/') && !in.skip_cfws()) return unreadable(kOpenComment);
  skip_version(in);
  if (!in.skip_cfws()) return unreadable(kOpenComment);
  if (in.at_end() || in.peek() == ';') return {std::move(*id), {}, false};
  return unreadable("octet " + std::to_string(in.position() + 1) + ": after the authserv-id " +
                    quote(*id) + " a \";\" should be");
}

}  // namespace mailtrust::authres
