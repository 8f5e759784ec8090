#include "message/header.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::message {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kSeparator = "From ";  // of an mbox, RFC 4155

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// RFC 5322 section 2.2: printable ASCII without the colon.
bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 32 && c < 127; });
}

// RFC 5322 section 4.5.1: blanks between name and colon are obsolete, and generated still.
std::string_view name_before(std::string_view line, std::size_t colon) {
  auto name = line.substr(0, colon);
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  return is_name(name) ? name : std::string_view{};
}

// The line at the start of `octets`, with its line end.
std::string_view first_line(std::string_view octets) {
  auto end = octets.find('\n');
  return end == std::string_view::npos ? octets : octets.substr(0, end + 1);
}

Field field_of(std::string_view raw, std::size_t line) {
  Field field;
  field.raw = raw;
  field.line = line;
  if (is_blank(raw.front())) return field;  // continues nothing
  auto colon = raw.find(':');
  if (colon == std::string_view::npos) return field;
  field.name = name_before(raw, colon);
  if (!field.is_field()) return field;
  field.value = raw.substr(colon + 1, raw.size() - colon - 1 - kLineEnd.size());
  return field;
}

// Eight octets at a time: nearly every header is ASCII.
bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t all = 0;
  std::uint64_t eight = 0;
  for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, text.data(), sizeof eight);
    all |= eight;
  }
  eight = 0;
  if (!text.empty()) std::memcpy(&eight, text.data(), text.size());
  return ((all | eight) & kHighBits) == 0;
}

// By find(), which is far faster than looking at each octet where there are few or none.
std::size_t count_of(std::string_view text, char c) {
  std::size_t count = 0;
  for (auto at = text.find(c); at != std::string_view::npos; at = text.find(c, at + 1)) ++count;
  return count;
}

std::size_t octets_not_utf8(std::string_view text) {
  if (is_ascii(text)) return 0;
  std::size_t count = 0;
  while (!text.empty()) {
    auto length = decode_utf8(text).length;
    if (length == 0) ++count;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return count;
}

}  // namespace

Header Header::parse(std::string_view octets) {
  Header header;
  header.take_octets(octets);
  header.count_oddities(octets);
  header.name_fields();
  return header;
}

void Header::take_octets(std::string_view octets) {
  constexpr std::size_t kUsualFields = 32;
  fields_.reserve(kUsualFields);
  octets_.resize(octets.size() + count_of(octets, '\n') + kLineEnd.size());
  auto* end = octets_.data();
  while (!octets.empty()) {
    auto line = first_line(octets);
    octets.remove_prefix(line.size());
    ++lines_;
    bool separates = lines_ == 1 && is_from_line(line);
    bool begins_field = fields_.empty() || !is_blank(line.front());
    if (begins_field && !separates) fields_.push_back({std::string_view(end, end), {}, {}, lines_});
    bool ended = line.back() == '\n';
    if (ended) line.remove_suffix(1);
    bool has_cr = ended && line.ends_with('\r');
    if (has_cr) line.remove_suffix(1);
    if (ended && !has_cr) ++oddities_.bare_lf;
    std::memcpy(end, line.data(), line.size());
    std::memcpy(end + line.size(), kLineEnd.data(), kLineEnd.size());
    end += line.size() + kLineEnd.size();
  }
  octets_.resize(static_cast<std::size_t>(end - octets_.data()));
}

void Header::count_oddities(std::string_view octets) {
  auto ending = lines_ - oddities_.bare_lf - (octets.ends_with('\n') || octets.empty() ? 0 : 1);
  oddities_.lone_cr = count_of(octets, '\r') - ending;
  oddities_.nul = count_of(octets, '\0');
  oddities_.not_utf8 = octets_not_utf8(octets);
}

// Each goes as far as the next one begins.
void Header::name_fields() {
  const auto* end = octets_.data() + octets_.size();
  auto end_line = lines_ + 1;
  for (auto field = fields_.rbegin(); field != fields_.rend(); ++field) {
    const auto* begin = field->raw.data();
    auto line = field->line;
    *field = field_of({begin, static_cast<std::size_t>(end - begin)}, line);
    if (!field->is_field()) oddities_.no_field += end_line - line;
    end = begin;
    end_line = line;
  }
}

const Field* Header::find(std::string_view name) const {
  auto found =
      std::ranges::find_if(fields_, [&](const Field& f) { return ascii::iequals(f.name, name); });
  return found != fields_.end() && found->is_field() ? &*found : nullptr;
}

std::vector<const Field*> Header::all(std::string_view name) const {
  std::vector<const Field*> all;
  for (const auto& field : fields_)
    if (field.is_field() && ascii::iequals(field.name, name)) all.push_back(&field);
  return all;
}

std::size_t Header::count(std::string_view name) const {
  return all(name).size();
}

bool is_from_line(std::string_view line) {
  if (!line.starts_with(kSeparator)) return false;
  auto rest = line.find_first_not_of(" \t", kSeparator.size());
  return rest == std::string_view::npos || line[rest] != ':';
}

std::string unfold(std::string_view value) {
  std::string line;
  line.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    bool fold = value.substr(i, 2) == kLineEnd && i + 2 < value.size() && is_blank(value[i + 2]);
    if (fold)
      ++i;
    else
      line += value[i];
  }
  auto last = line.find_last_not_of(" \t");
  line.erase(last == std::string::npos ? 0 : last + 1);
  line.erase(0, std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

std::string on_one_line(std::string_view value) {
  auto line = unfold(value);
  std::ranges::replace(line, '\t', ' ');
  return line;
}

}  // namespace mailtrust::message
