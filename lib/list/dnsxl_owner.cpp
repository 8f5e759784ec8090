#include "list/dnsxl_owner.hpp"

#include <array>
#include <charconv>

#include "base/number.hpp"

namespace mailtrust::list::dnsxl {
namespace {

using net::Family;

std::optional<unsigned> read_label(std::string_view text, Family family) {
  bool is_hex = family == Family::v6;
  if (text.empty() || text.size() > (is_hex ? 1U : 3U)) return std::nullopt;
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  auto value = parse_number<unsigned>(text, is_hex ? 16 : 10);
  if (!value || *value > low_bits(unit(family))) return std::nullopt;
  return value;
}

std::optional<Owner> read_labels(std::span<const std::string_view> labels, Family family) {
  if (labels.size() > most_labels(family)) return std::nullopt;
  Owner owner{family, 0, static_cast<std::uint8_t>(labels.size())};
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    auto value = read_label(*label, family);
    if (!value) return std::nullopt;
    owner.first = owner.first << unit(family) | *value;
  }
  if (!labels.empty()) owner.first <<= open_bits(family, owner.labels);
  return owner;
}

}  // namespace

unsigned label(const Owner& owner, unsigned index) {
  auto shifted = owner.first >> open_bits(owner.family, index + 1);
  return static_cast<unsigned>(shifted & low_bits(unit(owner.family)));
}

Owner above(const Owner& owner, unsigned labels) {
  auto cleared = owner.first & ~low_bits(open_bits(owner.family, labels));
  return {owner.family, cleared, static_cast<std::uint8_t>(labels)};
}

bool is_at_or_below(const Owner& owner, const Owner& top) {
  return owner.family == top.family && owner.labels >= top.labels &&
         above(owner, top.labels) == top;
}

bool Owner::is_wildcard() const {
  return labels < most_labels(family);
}

Block Owner::block() const {
  return {family, first, first | low_bits(open_bits(family, labels))};
}

std::string to_string(const Owner& owner) {
  std::string out = owner.is_wildcard() ? "*" : "";
  for (unsigned i = owner.labels; i-- > 0;) {
    if (!out.empty()) out += '.';
    std::array<char, 4> digits{};
    auto base = owner.family == Family::v4 ? 10 : 16;
    auto end = std::to_chars(digits.begin(), digits.end(), label(owner, i), base).ptr;
    out.append(digits.data(), end);
  }
  return out;
}

std::optional<Owner> read_owner(std::span<const std::string_view> labels) {
  bool is_wildcard = !labels.empty() && labels.front() == "*";
  if (is_wildcard) labels = labels.subspan(1);
  for (auto family : {Family::v4, Family::v6}) {
    bool fits =
        is_wildcard ? labels.size() < most_labels(family) : labels.size() == most_labels(family);
    if (!fits) continue;
    if (auto owner = read_labels(labels, family)) return owner;
  }
  return std::nullopt;
}

}  // namespace mailtrust::list::dnsxl
