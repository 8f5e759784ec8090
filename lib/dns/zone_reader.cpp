#include "dns/zone_reader.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "dns/zone_fault.hpp"
#include "dns/zone_record.hpp"

namespace mailtrust::dns {
namespace {

constexpr std::uint32_t kMaxTtl = 0x7fffffff;  // RFC 2181 section 8

// Seconds, or the units that BIND made common: `1h30m`, `2d`.
std::optional<std::uint32_t> read_ttl(std::string_view text) {
  constexpr std::string_view kUnits = "smhdw";
  constexpr std::array<std::uint64_t, 5> kSeconds = {1, 60, 3600, 86400, 604800};
  if (text.empty()) return std::nullopt;
  std::uint64_t total = 0;
  while (!text.empty()) {
    auto length =
        static_cast<std::size_t>(std::ranges::find_if_not(text, ascii::is_digit) - text.begin());
    auto value = parse_number<std::uint32_t>(text.substr(0, length));
    if (!value) return std::nullopt;
    std::size_t unit = 0;
    if (length < text.size()) {
      unit = kUnits.find(ascii::lower(text[length++]));
      if (unit == std::string_view::npos) return std::nullopt;
    }
    total += *value * kSeconds.at(unit);
    if (total > kMaxTtl) return std::nullopt;
    text.remove_prefix(length);
  }
  return static_cast<std::uint32_t>(total);
}

bool is_class(std::string_view text) {
  constexpr std::array<std::string_view, 6> kClasses = {"IN", "CH", "HS", "CS", "NONE", "ANY"};
  return ascii::istarts_with(text, "CLASS") ||
         std::ranges::any_of(kClasses, [&](auto name) { return ascii::iequals(name, text); });
}

class Reader {
 public:
  Reader(ZoneData& zone, ZoneErrors& errors) : zone_(zone), errors_(errors) {}

  void read(const Entry& entry) {
    switch (entry.kind) {
      case Entry::Kind::record: record(entry); break;
      case Entry::Kind::control: control(entry.tokens); break;
      case Entry::Kind::fault:
        if (auto fault = read_fault(entry.tokens, origin_, errors_)) zone_.add(*fault);
        break;
    }
  }

 private:
  using Tokens = std::span<const Token>;

  void bad(const Token& token, const std::string& message) { errors_.add(token, message); }

  bool has_fields(Tokens tokens, std::size_t count, const std::string& expected) {
    return errors_.expect_fields(tokens, count, count, expected);
  }

  std::optional<Name> name(const Token& token) {
    auto value = Name::read_presentation(token.text, origin_);
    if (!value) bad(token, "not a domain name");
    return value;
  }

  void control(Tokens tokens) {
    auto word = tokens[0].text;
    if (ascii::iequals(word, "$ORIGIN")) {
      if (!has_fields(tokens, 2, "$ORIGIN NAME")) return;
      if (auto origin = name(tokens[1])) origin_ = *origin;
    } else if (ascii::iequals(word, "$TTL")) {
      if (!has_fields(tokens, 2, "$TTL SECONDS")) return;
      if (auto ttl = read_ttl(tokens[1].text))
        default_ttl_ = *ttl;
      else
        bad(tokens[1], "not a TTL; expected seconds up to 2147483647");
    } else if (ascii::iequals(word, "$INCLUDE") || ascii::iequals(word, "$GENERATE")) {
      bad(tokens[0], "refused; expected a file that holds all its records itself");
    } else {
      bad(tokens[0], "unknown directive; expected $ORIGIN or $TTL");
    }
  }

  void record(const Entry& entry) {
    Tokens tokens = entry.tokens;
    if (entry.owner_omitted) {
      if (!has_owner_) return bad(tokens[0], "no owner, and no record before it to take one from");
    } else {
      has_owner_ = true;
      auto owner = name(tokens[0]);
      if (!owner) return;
      owner_ = *owner;
      tokens = tokens.subspan(1);
    }
    auto ttl = default_ttl_;
    if (!heading(tokens, ttl)) return;
    if (tokens.empty()) return errors_.add(entry.place, "no record type after the owner");
    auto type = read_type(tokens[0].text);
    if (!type || !is_data_type(*type)) return bad(tokens[0], "not a record type");
    auto data = read_rdata(*type, tokens.subspan(1), origin_, tokens[0].place, errors_);
    if (data) zone_.add(Record{owner_, *type, ttl, std::move(*data)});
  }

  // The TTL and the class in front of the type: in either order, both optional.
  bool heading(Tokens& tokens, std::uint32_t& ttl) {
    bool ttl_seen = false;
    bool class_seen = false;
    for (; !tokens.empty(); tokens = tokens.subspan(1)) {
      const auto& token = tokens[0];
      if (!ttl_seen && ascii::is_digit(token.text.empty() ? ' ' : token.text[0])) {
        ttl_seen = true;
        auto value = read_ttl(token.text);
        if (!value) {
          bad(token, "not a TTL; expected seconds up to 2147483647");
          return false;
        }
        ttl = *value;
      } else if (!class_seen && is_class(token.text)) {
        class_seen = true;
        if (!ascii::iequals(token.text, "IN") && !ascii::iequals(token.text, "CLASS1")) {
          bad(token, "not a class we answer for; expected IN");
          return false;
        }
      } else {
        break;
      }
    }
    return true;
  }

  ZoneData& zone_;
  ZoneErrors& errors_;
  Name origin_;
  Name owner_;
  bool has_owner_ = false;
  std::uint32_t default_ttl_ = kDefaultTtl;
};

}  // namespace

void read_zone(ZoneSplitter& text, ZoneData& zone, ZoneErrors& errors) {
  Reader reader(zone, errors);
  Entry entry;
  while (!zone.is_full() && text.next(entry)) reader.read(entry);
  if (zone.is_full())
    errors.add(entry.place, "records up to here take more than the " +
                                std::to_string(zone.most() >> 20U) +
                                " MiB that zone files may; leave out what is not asked about");
}

}  // namespace mailtrust::dns
