#include "dnsbl/code.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"

namespace mailtrust::dnsbl {
namespace {

std::optional<Pattern::Octet> read_octet(std::string_view text) {
  if (text == "*") return Pattern::Octet{};
  if (text.starts_with('&')) {
    auto bits = parse_number<std::uint8_t>(text.substr(1));
    if (!bits || *bits == 0) return std::nullopt;
    return Pattern::Octet{0, 255, *bits};
  }
  auto dash = text.find('-');
  auto low = parse_number<std::uint8_t>(text.substr(0, dash));
  auto high =
      dash == std::string_view::npos ? low : parse_number<std::uint8_t>(text.substr(dash + 1));
  if (!low || !high || *low > *high) return std::nullopt;
  return Pattern::Octet{*low, *high, 0};
}

/// What stands before `=`.
struct Head {
  Pattern pattern;
  std::string_view kind;
};

std::optional<Head> read_head(std::string_view text) {
  auto colon = std::min(text.find(':'), text.size());
  auto pattern = Pattern::read(text.substr(0, colon));
  if (!pattern) return std::nullopt;
  return Head{*pattern, text.substr(std::min(colon + 1, text.size()))};
}

Expected<Code> make_code(const Head& head, std::string_view meaning) {
  Code code{head.pattern, kind_from_string(head.kind), head.kind == "refused",
            std::string(meaning)};
  if (head.kind.empty() || code.kind || code.refusal) return code;
  return fail(Error::Kind::input, {},
              quote(head.kind) + ": expected block, allow, reputation or refused");
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::block: return "block";
    case Kind::allow: return "allow";
    case Kind::reputation: return "reputation";
  }
  return "block";
}

std::optional<Kind> kind_from_string(std::string_view text) {
  for (auto kind : {Kind::block, Kind::allow, Kind::reputation})
    if (to_string(kind) == text) return kind;
  return std::nullopt;
}

std::optional<Pattern> Pattern::read(std::string_view text) {
  auto parts = ascii::split(text, '.');
  Pattern pattern;
  if (parts.size() != pattern.octets.size()) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto octet = read_octet(parts[i]);
    if (!octet) return std::nullopt;
    pattern.octets[i] = *octet;
  }
  return pattern;
}

bool Pattern::matches(const net::Address& address) const {
  if (!address.is_v4()) return false;
  auto fits = [](const Octet& octet, std::uint8_t value) {
    return value >= octet.low && value <= octet.high && (value & octet.bits) == octet.bits;
  };
  return std::ranges::equal(octets, address.octets(), fits);
}

Expected<std::vector<Code>> parse_codes(std::span<const std::string_view> words) {
  std::vector<Code> codes;
  for (auto word : words) {
    auto equals = word.find('=');
    auto head = equals == std::string_view::npos ? std::nullopt : read_head(word.substr(0, equals));
    if (head) {
      auto code = make_code(*head, word.substr(equals + 1));
      if (!code) return fail(code.error());
      codes.push_back(std::move(*code));
    } else if (codes.empty()) {
      return fail(Error::Kind::input, {},
                  quote(word) +
                      ": expected block, allow, reputation, or CODE=meaning such as "
                      "127.0.0.2=spam");
    } else {
      auto& meaning = codes.back().meaning;
      if (!meaning.empty()) meaning += ' ';
      meaning += word;
    }
  }
  return codes;
}

const Code* find(const std::vector<Code>& codes, const net::Address& address) {
  auto found =
      std::ranges::find_if(codes, [&](const Code& code) { return code.pattern.matches(address); });
  return found == codes.end() ? nullptr : &*found;
}

std::string meaning_of(const Code& code, const net::Address& address) {
  auto meaning = code.meaning;
  if (!address.is_v4()) return meaning;
  for (std::size_t place = 3; place <= 4; ++place) {
    auto mark = "{" + std::to_string(place) + "}";
    auto at = meaning.find(mark);
    if (at != std::string::npos)
      meaning.replace(at, mark.size(), std::to_string(address.octets()[place - 1]));
  }
  return meaning;
}

}  // namespace mailtrust::dnsbl
