// Everything nlohmann/json.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/limits.hpp"
#include "json/value.hpp"

namespace mailtrust::json {
namespace {

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
        if (end - (i + 1) > longest_)
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

}  // namespace

Expected<Value> parse(std::string_view text, std::size_t longest) {
  if (auto bounded = Bounds(text, longest).check(); !bounded) return fail(bounded.error());
  Builder builder;
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  auto at = std::min(std::max<std::size_t>(builder.position(), 1) - 1, text.size());
  return fail(Error::Kind::input, place(text, at),
              at >= text.size() ? "ends in the middle of a JSON text" : "not JSON");
}

}  // namespace mailtrust::json
