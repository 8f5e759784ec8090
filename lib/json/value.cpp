// Everything nlohmann/json.
#include "json/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "base/limits.hpp"

namespace mailtrust::json {
namespace {

const Value kNull;
const Array kNoItems;
const Members kNoMembers;

// "3:17", from 1, columns in octets.
std::string place(std::string_view text, std::size_t at) {
  auto before = text.substr(0, at);
  auto line = std::ranges::count(before, '\n') + 1;
  auto start = before.rfind('\n');
  auto column = start == std::string_view::npos ? at + 1 : at - start;
  return std::to_string(line) + ':' + std::to_string(column);
}

// The library's parser has no bounds of its own: they are seen to before it starts.
class Bounds {
 public:
  Bounds(std::string_view text, std::size_t longest) : text_(text), longest_(longest) {}

  Expected<void> check() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      char c = text_[i];
      if (c == '"') {
        auto end = string_end(i + 1);
        if (end - i > longest_)
          return fail(
              Error::Kind::input, place(text_, i),
              "a string longer than " + std::to_string(longest_ >> 20U) + " MiB, the limit");
        i = end;
      } else if (c == '[' || c == '{') {
        if (++depth_ > limits::kJsonDepth)
          return fail(Error::Kind::input, place(text_, i),
                      "more than " + std::to_string(limits::kJsonDepth) +
                          " arrays and objects within one another, the limit");
      } else if ((c == ']' || c == '}') && depth_ > 0) {
        --depth_;
      }
    }
    return {};
  }

 private:
  // Where the closing quote is, or the end of the text.
  [[nodiscard]] std::size_t string_end(std::size_t at) const {
    for (; at < text_.size() && text_[at] != '"'; ++at)
      if (text_[at] == '\\') ++at;
    return std::min(at, text_.size());
  }

  std::string_view text_;
  std::size_t longest_;
  std::size_t depth_ = 0;
};

// Builds the tree from the events of the parser.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(Value()); }

  bool boolean(bool value) override { return add(value); }

  bool number_integer(std::int64_t value) override { return add(value); }

  bool number_unsigned(std::uint64_t value) override {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    return add(static_cast<std::int64_t>(std::min<std::uint64_t>(value, kMost)));
  }

  bool number_float(double value, const std::string&) override { return add(value); }

  bool string(std::string& value) override { return add(std::move(value)); }

  bool binary(nlohmann::json::binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(true); }

  bool key(std::string& name) override {
    open_.back().name = std::move(name);
    return true;
  }

  bool end_object() override { return close(); }

  bool start_array(std::size_t) override { return open(false); }

  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    position_ = position;
    return false;
  }

  Value take() { return std::move(root_); }

  /// Of the octet that the parser did not understand, from 1.
  [[nodiscard]] std::size_t position() const { return position_; }

 private:
  struct Open {
    bool is_object = false;
    Array items;
    Members members;
    std::string name;
  };

  bool add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().is_object) {
      open_.back().members.emplace_back(std::move(open_.back().name), std::move(value));
    } else {
      open_.back().items.push_back(std::move(value));
    }
    return true;
  }

  bool open(bool is_object) {
    open_.emplace_back().is_object = is_object;
    return true;
  }

  bool close() {
    auto done = std::move(open_.back());
    open_.pop_back();
    return add(done.is_object ? Value(std::move(done.members)) : Value(std::move(done.items)));
  }

  std::vector<Open> open_;
  Value root_;
  std::size_t position_ = 0;
};

class Writer {
 public:
  explicit Writer(Layout layout) : indented_(layout == Layout::indented) {}

  std::string write(const Value& value) {
    append(value);
    return std::move(out_);
  }

 private:
  void append(const Value& value) {
    if (value.is_object()) return append_object(value.members());
    if (value.is_array()) return append_array(value.items());
    if (value.is_text()) return append_text(value.text());
    if (auto flag = value.boolean()) {
      out_ += *flag ? "true" : "false";
    } else if (auto number = value.number()) {
      append_number(*number);
    } else {
      out_ += "null";
    }
  }

  void append_object(const Members& members) {
    if (members.empty()) {
      out_ += "{}";
      return;
    }
    begin('{');
    for (const auto& [name, value] : members) {
      next(&value == &members.front().second);
      append_text(name);
      out_ += indented_ ? ": " : ":";
      append(value);
    }
    end('}');
  }

  void append_array(const Array& items) {
    if (items.empty()) {
      out_ += "[]";
      return;
    }
    begin('[');
    for (const auto& item : items) {
      next(&item == &items.front());
      append(item);
    }
    end(']');
  }

  void append_text(std::string_view text) {
    out_ += '"';
    append_json(out_, text);
    out_ += '"';
  }

  // Whole numbers without a point; JSON has no others than finite ones.
  void append_number(double number) {
    if (!std::isfinite(number)) {
      out_ += "null";
      return;
    }
    std::array<char, 32> digits{};
    constexpr double kExact = 9007199254740992.0;  // 2^53
    bool whole = std::trunc(number) == number && std::abs(number) < kExact;
    auto* last = digits.data() + digits.size();
    auto end = whole ? std::to_chars(digits.data(), last, static_cast<std::int64_t>(number)).ptr
                     : std::to_chars(digits.data(), last, number).ptr;
    out_.append(digits.data(), end);
  }

  void begin(char bracket) {
    out_ += bracket;
    ++depth_;
  }

  void next(bool first) {
    if (!first) out_ += ',';
    new_line();
  }

  void end(char bracket) {
    --depth_;
    new_line();
    out_ += bracket;
  }

  void new_line() {
    if (indented_) out_.append(1, '\n').append(2 * depth_, ' ');
  }

  bool indented_;
  std::size_t depth_ = 0;
  std::string out_;
};

}  // namespace

std::string_view Value::text() const {
  const auto* text = std::get_if<std::string>(&data_);
  return text != nullptr ? std::string_view(*text) : std::string_view();
}

std::optional<std::int64_t> Value::integer() const {
  if (const auto* integer = std::get_if<std::int64_t>(&data_)) return *integer;
  const auto* number = std::get_if<double>(&data_);
  if (number == nullptr) return std::nullopt;
  constexpr double kBeyond = 9223372036854775808.0;  // 2^63
  if (*number >= kBeyond) return std::numeric_limits<std::int64_t>::max();
  if (*number <= -kBeyond) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(*number);
}

std::optional<double> Value::number() const {
  if (const auto* integer = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*integer);
  const auto* number = std::get_if<double>(&data_);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::optional<bool> Value::boolean() const {
  const auto* flag = std::get_if<bool>(&data_);
  return flag != nullptr ? std::optional(*flag) : std::nullopt;
}

const Array& Value::items() const {
  const auto* items = std::get_if<Array>(&data_);
  return items != nullptr ? *items : kNoItems;
}

const Members& Value::members() const {
  const auto* members = std::get_if<Members>(&data_);
  return members != nullptr ? *members : kNoMembers;
}

const Value& Value::operator[](std::string_view name) const {
  const auto& all = members();
  auto found =
      std::find_if(all.rbegin(), all.rend(), [&](const auto& m) { return m.first == name; });
  return found != all.rend() ? found->second : kNull;
}

const Value& Value::operator[](std::size_t index) const {
  const auto& all = items();
  return index < all.size() ? all[index] : kNull;
}

Expected<Value> parse(std::string_view text, std::size_t longest) {
  if (auto bounded = Bounds(text, longest).check(); !bounded) return fail(bounded.error());
  Builder builder;
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  auto at = std::min(std::max<std::size_t>(builder.position(), 1) - 1, text.size());
  return fail(Error::Kind::input, place(text, at),
              at >= text.size() ? "ends in the middle of a JSON text" : "not JSON");
}

std::string to_text(const Value& value, Layout layout) {
  return Writer(layout).write(value);
}

}  // namespace mailtrust::json
