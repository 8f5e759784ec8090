#include "cli/paint.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "cli/width.hpp"

namespace mailtrust::cli {
namespace {

std::string_view sgr(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::strong: return "\x1b[1m";
    case Tone::faint: return "\x1b[2m";
    case Tone::good: return "\x1b[32m";
    case Tone::warning: return "\x1b[33m";
    case Tone::bad: return "\x1b[31m";
  }
  return "";
}

std::string number_text(double number) {
  std::array<char, 32> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

void append_part(std::string& out, std::string_view separator, std::string_view text) {
  if (text.empty()) return;
  if (!out.empty()) out += separator;
  out += text;
}

std::string joined(const Value::Array& array) {
  std::string out;
  for (const auto& item : array) append_part(out, ", ", to_line(item));
  return out.empty() ? "none" : out;
}

std::string joined(const Value::Object& object) {
  std::string out;
  for (const auto& [key, value] : object) {
    auto text = to_line(value);
    if (!text.empty()) append_part(out, ", ", label_of(key.text()) + ' ' + text);
  }
  return out;
}

// "  do:   Wait." is continued under "Wait."
std::size_t label_width(std::string_view item) {
  constexpr std::size_t kWidestLabel = 12;
  auto colon = item.find(": ");
  auto rest = colon == std::string_view::npos ? colon : item.find_first_not_of(' ', colon + 1);
  return rest < kWidestLabel ? rest : 2;
}

void append_item(std::string& out, std::string_view item, std::size_t indent,
                 const Screen& screen) {
  auto label = item.substr(0, label_width(item));
  out.append(indent, ' ').append(escape_unsafe(label));
  auto column = indent + label.size();
  append_wrapped(out, escape_unsafe(item.substr(label.size())), column, column, screen.width);
  out += '\n';
}

}  // namespace

void append_painted(std::string& out, Tone tone, std::string_view text, const Screen& screen) {
  if (!screen.color || tone == Tone::plain) {
    out += text;
    return;
  }
  out += sgr(tone);
  out += text;
  out += "\x1b[0m";
}

Mark mark_of(std::string_view verdict, const Screen& screen) {
  if (verdict == "good") return {screen.unicode ? "\u2713" : "+", Tone::good};
  if (verdict == "bad" || verdict == "error") return {screen.unicode ? "\u2717" : "x", Tone::bad};
  if (verdict == "warning") return {"!", Tone::warning};
  if (verdict == "unknown") return {"?", Tone::warning};
  return {"-", Tone::faint};
}

std::string to_line(const Value& value) {
  if (const auto* text = value.text()) return escape_unsafe(*text);
  if (const auto* array = value.array()) return joined(*array);
  if (const auto* object = value.object()) return joined(*object);
  if (const auto* integer = value.integer()) return std::to_string(*integer);
  if (const auto* boolean = value.boolean()) return *boolean ? "yes" : "no";
  if (const auto* number = value.number()) return number_text(*number);
  return {};
}

bool is_blank(const Value& value) {
  if (const auto* text = value.text()) return text->empty();
  if (const auto* array = value.array()) return array->empty();
  if (const auto* integer = value.integer()) return *integer == 0;
  if (const auto* boolean = value.boolean()) return !*boolean;
  return value.is_null();
}

std::string label_of(std::string_view key) {
  std::string label(key);
  std::ranges::replace(label, '_', ' ');
  return label;
}

void append_paste(std::string& out, std::string_view text, std::size_t indent) {
  for (auto line : ascii::split(text, '\n')) {
    if (!line.empty()) out.append(indent, ' ');
    out += escape_unsafe(line);
    out += '\n';
  }
}

void append_prose(std::string& out, std::string_view text, std::size_t indent,
                  const Screen& screen) {
  std::string paragraph;
  auto end_paragraph = [&] {
    if (paragraph.empty()) return;
    out.append(indent, ' ');
    append_wrapped(out, escape_unsafe(paragraph), indent, indent, screen.width);
    out += '\n';
    paragraph.clear();
  };
  for (auto line : ascii::split(text, '\n')) {
    if (line.empty() || line.starts_with("    ")) {
      end_paragraph();
      append_paste(out, line, indent);
    } else if (line.starts_with("  ")) {
      end_paragraph();
      append_item(out, line, indent, screen);
    } else {
      if (!paragraph.empty()) paragraph += ' ';
      paragraph += line;
    }
  }
  end_paragraph();
}

}  // namespace mailtrust::cli
