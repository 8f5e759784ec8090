#pragma once
// JSON that comes from outside (RFC 8259): RDAP answers, reports. Read once into a tree of values,
// bounded in depth and in the length of strings; what is written is UTF-8 whatever the strings
// hold.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/expected.hpp"
#include "base/limits.hpp"

namespace mailtrust::json {

class Value;

using Array = std::vector<Value>;
using Members = std::vector<std::pair<std::string, Value>>;  ///< in the order of the text

/// Asking a value for what it is not gives the empty answer, so that documents of unknown shape are
/// read without a check at each step: `network["entities"][0]["handle"].text()`.
class Value {
 public:
  Value() = default;  ///< null

  // NOLINTBEGIN(google-explicit-constructor): documents are written as they look.
  Value(bool value) : data_(value) {}

  Value(std::int64_t value) : data_(value) {}

  Value(double value) : data_(value) {}

  Value(std::string value) : data_(std::move(value)) {}

  Value(const char* value) : data_(std::string(value)) {}

  Value(Array items) : data_(std::move(items)) {}

  Value(Members members) : data_(std::move(members)) {}

  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }

  [[nodiscard]] bool is_text() const { return std::holds_alternative<std::string>(data_); }

  [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(data_); }

  [[nodiscard]] bool is_object() const { return std::holds_alternative<Members>(data_); }

  [[nodiscard]] std::string_view text() const;  ///< of a string; else empty
  /// Of a number, rounded towards zero, at the ends of the range where it is beyond; else nothing.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] const Array& items() const;      ///< of an array; else none
  [[nodiscard]] const Members& members() const;  ///< of an object; else none

  /// Of equal names the last; null when there is none.
  const Value& operator[](std::string_view name) const;
  const Value& operator[](std::size_t index) const;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Members> data_;
};

/// `text` is one JSON text, a byte order mark in front allowed. Over limits::kJsonDepth or
/// `longest` octets of a string, and for what is not JSON or not UTF-8, an Error of kind input with
/// line and column in `where` ("3:17"). Memory: about 60 octets a value.
Expected<Value> parse(std::string_view text, std::size_t longest = limits::kJsonString);

/// One line without white space, or with two spaces a level.
enum class Layout { line, indented };

/// Valid UTF-8 whatever the strings hold: escaped as append_json() of base/escape.hpp does.
std::string to_text(const Value& value, Layout layout = Layout::line);

}  // namespace mailtrust::json
