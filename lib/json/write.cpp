#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/escape.hpp"
#include "json/value.hpp"

namespace mailtrust::json {
namespace {

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

  // Whole numbers that a double holds exactly without a point, larger ones with: without it they
  // would be read as an integer, which may be out of range. JSON has no others than finite ones.
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
    std::string_view written(digits.data(), static_cast<std::size_t>(end - digits.data()));
    out_ += written;
    if (!whole && written.find_first_of(".e") == std::string_view::npos) out_ += ".0";
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

std::string to_text(const Value& value, Layout layout) {
  return Writer(layout).write(value);
}

}  // namespace mailtrust::json
