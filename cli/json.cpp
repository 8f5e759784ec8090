#include <array>
#include <charconv>
#include <cmath>

#include "base/escape.hpp"
#include "cli/render.hpp"

namespace mailtrust::cli {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += '"';
  mailtrust::append_json(out, text);
  out += '"';
}

void append_key(std::string& out, std::string_view key) {
  append_string(out, key);
  out += ':';
}

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_array(std::string& out, const Value::Array& array) {
  out += '[';
  const char* separator = "";
  for (const auto& item : array) {
    out += separator;
    append_json(out, item);
    separator = ",";
  }
  out += ']';
}

void append_object(std::string& out, const Value::Object& object) {
  out += '{';
  const char* separator = "";
  for (const auto& [key, value] : object) {
    out += separator;
    append_key(out, key);
    append_json(out, value);
    separator = ",";
  }
  out += '}';
}

void append_findings(std::string& out, const std::vector<finding::Finding>& findings) {
  Value::Array array;
  for (const auto& finding : findings) {
    array.emplace_back(Value::Object{{"id", finding.id},
                                     {"severity", finding::to_string(finding.severity)},
                                     {"message", finding.message},
                                     {"hint", finding.hint},
                                     {"reference", finding.reference},
                                     {"where", finding.where}});
  }
  append_array(out, array);
}

void append_error(std::string& out, const Error& error) {
  append_object(out, {{"kind", to_string(error.kind)}, {"message", error.message}});
}

}  // namespace

void append_json(std::string& out, const Value& value) {
  if (const auto* text = value.text()) return append_string(out, *text);
  if (const auto* array = value.array()) return append_array(out, *array);
  if (const auto* object = value.object()) return append_object(out, *object);
  if (const auto* integer = value.integer()) return append_number(out, *integer);
  if (const auto* boolean = value.boolean()) {
    out += *boolean ? "true" : "false";
    return;
  }
  const auto* number = value.number();
  if (number != nullptr && std::isfinite(*number)) return append_number(out, *number);
  out += "null";  // RFC 8259 section 6: infinities and NaN have no spelling
}

void append_json_line(std::string& out, const Report& report,
                      const std::vector<dns::Evidence>* evidence) {
  out += "{\"schema\":1";
  for (const auto& field : report.fields()) {
    out += ',';
    append_key(out, field.key);
    append_json(out, field.value);
  }
  if (report.judges()) {
    out += ",\"findings\":";
    append_findings(out, report.findings());
  }
  if (report.error()) {
    out += ",\"error\":";
    append_error(out, *report.error());
  }
  if (evidence != nullptr) {
    out += ",\"evidence\":";
    append_json(out, evidence_value(*evidence));
  }
  out += "}\n";
}

}  // namespace mailtrust::cli
