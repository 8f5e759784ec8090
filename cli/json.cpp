#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>
#include <string_view>

#include "base/escape.hpp"
#include "base/packed_text.hpp"
#include "cli/render.hpp"

namespace mailtrust::cli {
namespace {

// Appends to a text, with room taken ahead: a line of JSON is hundreds of small pieces.
class Writer {
 public:
  explicit Writer(std::string& out, std::size_t usual = kLeast, Splice* splice = nullptr)
      : out_(out), splice_(splice), size_(out.size()) {
    out_.resize(size_ + usual);
  }

  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  ~Writer() { out_.resize(size_); }

  void add(char c) {
    *room(1) = c;
    ++size_;
  }

  void add(std::string_view text) {
    std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }

  void add_string(std::string_view text) {
    if (is_plain(text)) return add_quoted(text);
    std::string escaped;
    mailtrust::append_json(escaped, text);
    add_quoted(escaped);
  }

  void add_key(const Key& key) {
    key.is_literal() ? add_quoted(key.text()) : add_string(key.text());
    add(':');
  }

  template <typename Number>
  void add_number(Number number) {
    std::array<char, 32> digits{};
    auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    add({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }

  void add_array(const Value::Array& array) {
    add('[');
    for (const auto& item : array) {
      if (&item != array.data()) add(',');
      add_value(item);
    }
    add(']');
  }

  void add_object(const Value::Object& object) {
    add('{');
    for (const auto& member : object) {
      if (&member != object.data()) add(',');
      add_key(member.first);
      add_value(member.second);
    }
    add('}');
  }

  void add_value(const Value& value) {
    if (value.is_null()) return add("null");
    if (const auto* text = value.text()) return add_string(*text);
    if (const auto* array = value.array()) return add_array(*array);
    if (const auto* object = value.object()) return add_object(*object);
    if (const auto* integer = value.integer()) return add_number(*integer);
    if (const auto* boolean = value.boolean()) return add(*boolean ? "true" : "false");
    if (const auto* rendered = value.rendered()) return add_rendered(*rendered);
    const auto* number = value.number();
    if (number != nullptr && std::isfinite(*number)) return add_number(*number);
    add("null");  // RFC 8259 section 6: infinities and NaN have no spelling
  }

 private:
  static constexpr std::size_t kLeast = 64;

  void add_rendered(const Rendered& rendered) {
    if (rendered.head && splice_ != nullptr && !splice_->text) {
      *splice_ = {size_, rendered.head};
    } else if (rendered.head) {
      rendered.head->read([this](std::string_view piece) {
        add(piece);
        return true;
      });
    }
    add(rendered.json);
  }

  void add_quoted(std::string_view text) {
    char* at = room(text.size() + 2);
    at[0] = '"';
    std::memcpy(at + 1, text.data(), text.size());
    at[text.size() + 1] = '"';
    size_ += text.size() + 2;
  }

  // Where the next octets go, of which there may be so many.
  char* room(std::size_t most) {
    if (out_.size() - size_ < most) grow(most);
    return out_.data() + size_;
  }

  // A line that is very long already grows by a part of it only.
  void grow(std::size_t most) {
    constexpr std::size_t kLong = 1U << 20;
    out_.resize(out_.size() + most + std::max(std::min(out_.size(), kLong), out_.size() / 8));
  }

  std::string& out_;
  Splice* splice_;
  std::size_t size_;  // written; what is behind is room
};

Value findings_value(const std::vector<finding::Finding>& findings) {
  Value::Array array;
  for (const auto& finding : findings) {
    array.emplace_back(Value::Object{{"id", finding.id},
                                     {"severity", finding::to_string(finding.severity)},
                                     {"message", finding.message},
                                     {"hint", finding.hint},
                                     {"reference", finding.reference},
                                     {"where", finding.where}});
  }
  return array;
}

Value error_value(const Error& error) {
  return Value::Object{{"kind", to_string(error.kind)}, {"message", error.message}};
}

}  // namespace

void append_json(std::string& out, const Value& value) {
  Writer(out).add_value(value);
}

void append_json_line(std::string& out, const Report& report,
                      const std::vector<dns::Evidence>* evidence, Splice* splice) {
  constexpr std::size_t kUsual = 4U << 10;
  Writer writer(out, kUsual, splice);
  auto add = [&](std::string_view key, const Value& value) {
    writer.add(',');
    writer.add_string(key);
    writer.add(':');
    writer.add_value(value);
  };
  writer.add("{\"schema\":1");
  for (const auto& field : report.fields()) add(field.key, field.value);
  if (report.judges()) add("findings", findings_value(report.findings()));
  if (report.error()) add("error", error_value(*report.error()));
  if (evidence != nullptr) add("evidence", evidence_value(*evidence));
  writer.add("}\n");
}

}  // namespace mailtrust::cli
