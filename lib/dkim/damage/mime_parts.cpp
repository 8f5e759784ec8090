#include "dkim/damage/mime_parts.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kMostParts = 64;
constexpr std::size_t kDeepest = 8;
constexpr std::size_t kLongestBoundary = 200;  // RFC 2046 says 70

std::string_view line_at(std::string_view text, std::size_t at) {
  auto end = std::min(text.find('\n', at), text.size());
  auto line = text.substr(at, end - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t next_line(std::string_view text, std::size_t at) {
  auto end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

struct Delimiter {
  std::size_t at = 0;
  bool closing = false;
};

std::optional<Delimiter> find_delimiter(std::string_view text, std::size_t from, std::size_t to,
                                        const std::string& dashes) {
  for (auto at = from; at < to;) {
    at = text.find(dashes, at);
    if (at == std::string_view::npos || at >= to) return std::nullopt;
    bool at_line_start = at == 0 || text[at - 1] == '\n';
    auto rest = at_line_start ? line_at(text, at).substr(dashes.size()) : "no delimiter";
    bool closing = rest.starts_with("--");
    if (closing) rest.remove_prefix(2);
    if (ascii::trim(rest).empty()) return Delimiter{at, closing};
    at += dashes.size();
  }
  return std::nullopt;
}

// The fields between `at` and the empty line; `at` moves behind that line.
ContentFields read_header(std::string_view text, std::size_t& at, std::size_t to) {
  ContentFields fields;
  std::string_view* open = nullptr;
  while (at < to) {
    auto line = line_at(text, at);
    auto start = at;
    at = next_line(text, at);
    if (line.empty()) break;
    bool continued = line.front() == ' ' || line.front() == '\t';
    if (continued && open != nullptr)
      *open =
          text.substr(static_cast<std::size_t>(open->data() - text.data()),
                      start + line.size() - static_cast<std::size_t>(open->data() - text.data()));
    if (continued) continue;
    auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    auto name = ascii::trim(line.substr(0, colon));
    open = ascii::iequals(name, "Content-Type")                ? &fields.type
           : ascii::iequals(name, "Content-Transfer-Encoding") ? &fields.encoding
                                                               : nullptr;
    if (open != nullptr) *open = line.substr(colon + 1);
  }
  fields.encoding = ascii::trim(fields.encoding);
  return fields;
}

class Splitter {
 public:
  explicit Splitter(std::string_view body) : body_(body) {}

  void split(const ContentFields& fields, std::size_t from, std::size_t to, std::size_t depth) {
    auto boundary = parameter(fields.type, "boundary");
    if (depth > kDeepest || boundary.empty() || boundary.size() > kLongestBoundary) return;
    auto dashes = "--" + boundary;
    auto opening = find_delimiter(body_, from, to, dashes);
    while (opening && !opening->closing && parts_.size() < kMostParts) {
      auto after = next_line(body_, opening->at);
      auto closing = find_delimiter(body_, after, to, dashes);
      auto place = add(*opening, after, closing ? closing->at : to, depth);
      parts_[place].last = closing && closing->closing;
      if (auto part = parts_[place]; !part.is_leaf())
        split(part.fields, part.content, part.end, depth + 1);
      opening = closing;
    }
  }

  std::vector<Part> parts() { return std::move(parts_); }

 private:
  std::size_t add(Delimiter opening, std::size_t header, std::size_t next, std::size_t depth) {
    Part part;
    part.begin = opening.at;
    part.header = header;
    part.next = next;
    part.depth = depth;
    part.content = header;
    part.fields = read_header(body_, part.content, next);
    part.end = std::max(part.content, next >= 2 ? next - 2 : next);
    parts_.push_back(part);
    return parts_.size() - 1;
  }

  std::string_view body_;
  std::vector<Part> parts_;
};

}  // namespace

bool ContentFields::is_text() const {
  auto value = ascii::trim(type);
  return value.empty() || ascii::istarts_with(value, "text/");
}

bool ContentFields::is_multipart() const {
  return ascii::istarts_with(ascii::trim(type), "multipart/");
}

std::string parameter(std::string_view content_type, std::string_view name) {
  bool quoted = false;
  for (std::size_t i = 0; i < content_type.size(); ++i) {
    if (content_type[i] == '"') quoted = !quoted;
    if (quoted || content_type[i] != ';') continue;
    auto rest = ascii::trim(content_type.substr(i + 1));
    if (!ascii::istarts_with(rest, name)) continue;
    rest = ascii::trim(rest.substr(name.size()));
    if (!rest.starts_with('=')) continue;
    rest = ascii::trim(rest.substr(1));
    if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
    return std::string(rest.substr(0, rest.find_first_of("; \t\r\n")));
  }
  return {};
}

ContentFields content_fields(const message::Header& header) {
  ContentFields fields;
  if (const auto* type = header.find("Content-Type")) fields.type = type->value;
  if (const auto* encoding = header.find("Content-Transfer-Encoding"))
    fields.encoding = ascii::trim(encoding->value);
  return fields;
}

std::vector<Part> parts_of(const ContentFields& fields, std::string_view body) {
  Splitter splitter(body);
  if (fields.is_multipart()) splitter.split(fields, 0, body.size(), 1);
  return splitter.parts();
}

}  // namespace mailtrust::dkim::damage
