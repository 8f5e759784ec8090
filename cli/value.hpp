#pragma once
// A tree of data, as JSON has it: what a Report is made of, so that text and JSON cannot disagree.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mailtrust {
class PackedText;
}

namespace mailtrust::cli {

/// The name of a member of an object. A literal is not copied; it needs no escapes in JSON.
class Key {
 public:
  template <std::size_t size>
  Key(const char (&literal)[size])  // NOLINT(google-explicit-*)
      : text_(literal, size - 1) {}

  Key(std::string text)  // NOLINT(google-explicit-*)
      : owned_(std::make_shared<const std::string>(std::move(text))), text_(*owned_) {}

  [[nodiscard]] std::string_view text() const { return text_; }

  [[nodiscard]] bool is_literal() const { return owned_ == nullptr; }

  friend bool operator==(const Key& key, std::string_view text) { return key.text_ == text; }

 private:
  std::shared_ptr<const std::string> owned_;
  std::string_view text_;
};

/// JSON that is written already, for answers too large to be built as a tree: one whole value, as
/// append_json() would write it. Text shows nothing of it.
struct Rendered {
  std::string json;
  std::shared_ptr<const PackedText> head = {};  ///< what stands before `json`, if it is very long
};

/// null, true or false, an integer, a number, text, an array, or an object whose keys keep their
/// order. Text is raw octets from anywhere; the renderers escape it.
class Value {
 public:
  using Array = std::vector<Value>;
  using Member = std::pair<Key, Value>;
  using Object = std::vector<Member>;

  Value() = default;

  Value(std::nullptr_t) {}  // NOLINT(google-explicit-*)

  Value(bool value) : data_(value) {}  // NOLINT(google-explicit-*)

  Value(std::integral auto value) : data_(static_cast<std::int64_t>(value)) {}  // NOLINT

  Value(double value) : data_(value) {}  // NOLINT(google-explicit-*)

  Value(std::string value) : data_(std::move(value)) {}  // NOLINT(google-explicit-*)

  Value(std::string_view value) : data_(std::string(value)) {}  // NOLINT(google-explicit-*)

  Value(const char* value) : data_(std::string(value)) {}  // NOLINT(google-explicit-*)

  Value(Rendered value) : data_(std::move(value)) {}  // NOLINT(google-explicit-*)

  Value(Array value) : data_(std::move(value)) {}  // NOLINT(google-explicit-*)

  Value(Object value) : data_(std::move(value)) {}  // NOLINT(google-explicit-*)

  /// An array of anything a Value can be made from.
  template <typename Range>
  static Value list(const Range& range) {
    Array array;
    for (const auto& item : range) array.emplace_back(item);
    return array;
  }

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }

  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&data_); }

  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data_); }

  [[nodiscard]] const double* number() const { return std::get_if<double>(&data_); }

  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&data_); }

  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&data_); }

  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&data_); }

  [[nodiscard]] const Rendered* rendered() const { return std::get_if<Rendered>(&data_); }

  /// The member of an object; null when there is none or this is no object.
  [[nodiscard]] const Value* find(std::string_view key) const;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object, Rendered>
      data_;
};

/// One line of JSON (RFC 8259), valid UTF-8 whatever the texts hold, nothing unsafe on a screen.
void append_json(std::string& out, const Value& value);

}  // namespace mailtrust::cli
