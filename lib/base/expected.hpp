#pragma once
// What a function returns when it may be unable to do as asked. The only file that names tl::, and
// it uses only what std::expected (C++23) also has, so that the day's switch is one line.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace mailtrust {

/// Why we could not do as asked. Not for what a standard names (permerror, temperror): those are
/// values of that standard's Result.
struct Error {
  /// The words of `error.kind` in the JSON output, and of the exit status: usage and input end in
  /// 2, temporary in 3.
  enum class Kind { usage, input, temporary };

  Kind kind = Kind::input;
  std::string where;    ///< `file:line:column`, a domain, or an option such as `--ip`; may be empty
  std::string message;  ///< one lower-case line that says what was found and what was expected
};

template <typename T>
using Expected = tl::expected<T, Error>;

using Unexpected = tl::unexpected<Error>;

/// For inputs of which every bad place is told: at least one Error, in the order of the input.
template <typename T>
using ExpectedOrErrors = tl::expected<T, std::vector<Error>>;

using UnexpectedErrors = tl::unexpected<std::vector<Error>>;

/// Makes the failure half of an Expected: `return fail(Error::Kind::input, where, "not a prefix")`.
[[nodiscard]] inline Unexpected fail(Error::Kind kind, std::string_view where,
                                     std::string message) {
  return Unexpected(Error{kind, std::string(where), std::move(message)});
}

/// Passes a failure on unchanged from one Expected to another type: `return fail(x.error())`.
[[nodiscard]] inline Unexpected fail(Error error) {
  return Unexpected(std::move(error));
}

/// "usage", "input" or "temporary".
constexpr std::string_view to_string(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::usage: return "usage";
    case Error::Kind::input: return "input";
    case Error::Kind::temporary: return "temporary";
  }
  return "input";
}

}  // namespace mailtrust
