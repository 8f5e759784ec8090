#include "spf/term.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::spf {
namespace {

using Kind = SyntaxError::Kind;

// A fault by its offset in the term.
struct Fault {
  Kind kind = Kind::unknown_mechanism;
  std::size_t offset = 0;
  std::string message;
};

using Problem = std::optional<Fault>;

// Part of a term and where in the term it begins.
struct Slice {
  std::string_view text;
  std::size_t offset = 0;

  [[nodiscard]] Slice from(std::size_t n) const { return {text.substr(n), offset + n}; }

  [[nodiscard]] Slice until(std::size_t n) const { return {text.substr(0, n), offset}; }
};

Problem check_octets(std::string_view term) {
  auto bad = std::ranges::find_if(term, [](char c) { return c < 0x21 || c > 0x7e; });
  if (bad == term.end()) return std::nullopt;
  auto offset = static_cast<std::size_t>(bad - term.begin());
  auto found = quote(term.substr(offset, 1));
  // RFC 7208 section 4.6.1: terms are separated by spaces, and by nothing else.
  if (ascii::is_space(*bad))
    return Fault{Kind::stray_separator, offset, found + " between terms; only spaces may be there"};
  return Fault{Kind::bad_octet, offset, found + " is not allowed; expected visible ASCII"};
}

Problem read_domain(Slice slice, DomainSpec& domain) {
  if (slice.text.empty())
    return Fault{Kind::missing_argument, slice.offset, "expected a domain here"};
  auto parsed = parse_domain_spec(slice.text);
  domain = std::move(parsed.macro);
  if (!parsed.error) return std::nullopt;
  return Fault{parsed.error->in_domain ? Kind::bad_domain : Kind::bad_macro,
               slice.offset + parsed.error->offset, std::move(parsed.error->message)};
}

// "0" / %x31-39 *DIGIT, at most `most`, taken off the slice.
Problem take_length(Slice& slice, unsigned most, unsigned& length) {
  auto digits = std::min(slice.text.find_first_not_of("0123456789"), slice.text.size());
  auto number = slice.text.substr(0, digits);
  auto wrong = [&](const std::string& what) {
    return Fault{Kind::bad_cidr, slice.offset,
                 what + "; expected a prefix length from 0 to " + std::to_string(most)};
  };
  if (number.empty()) return wrong("no digits after \"/\"");
  if (number.size() > 1 && number[0] == '0') return wrong(quote(number) + " begins with a zero");
  unsigned value = 0;
  for (char c : number) value = std::min(value * 10 + static_cast<unsigned>(c - '0'), most + 1);
  if (value > most) return wrong(quote(number) + " is too long");
  length = value;
  slice = slice.from(digits);
  return std::nullopt;
}

Problem unexpected_rest(Slice slice) {
  if (slice.text.empty()) return std::nullopt;
  return Fault{Kind::bad_cidr, slice.offset, quote(slice.text) + " after the prefix length"};
}

// dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
Problem read_dual_cidr(Slice slice, CidrLengths& lengths) {
  if (slice.text.empty()) return std::nullopt;
  if (!slice.text.starts_with("//")) {
    slice = slice.from(1);
    if (auto problem = take_length(slice, 32, lengths.v4)) return problem;
  }
  if (!slice.text.starts_with("//")) return unexpected_rest(slice);
  slice = slice.from(2);
  if (auto problem = take_length(slice, 128, lengths.v6)) return problem;
  return unexpected_rest(slice);
}

// Where the prefix lengths begin: the first "/" behind which there are only digits and slashes.
std::size_t find_cidr(std::string_view text) {
  auto other = text.find_last_not_of("/0123456789");
  auto slash = text.find('/', other == std::string_view::npos ? 0 : other + 1);
  return std::min(slash, text.size());
}

// RFC 7208 section 12: a slash may stand inside a domain-spec, but never in its last label; there
// it was meant to begin a prefix length.
Fault blame_slash(Slice name, Fault fault) {
  auto slash = name.text.rfind('/');
  if (fault.kind != Kind::bad_domain || slash == std::string_view::npos) return fault;
  return {Kind::bad_cidr, name.offset + slash,
          quote(name.text.substr(slash)) + " is not a prefix length"};
}

// [ ":" domain-spec ] [ dual-cidr-length ]
Problem read_hosts(Slice slice, std::optional<DomainSpec>& domain, CidrLengths& lengths) {
  auto cidr = find_cidr(slice.text);
  auto name = slice.until(cidr);
  if (!name.text.empty())
    if (auto problem = read_domain(name.from(1), domain.emplace()))
      return blame_slash(name, *problem);
  return read_dual_cidr(slice.from(cidr), lengths);
}

// ":" domain-spec, and no prefix length.
Problem read_target(Slice slice, DomainSpec& domain) {
  if (slice.text.empty() || slice.text == ":")
    return Fault{Kind::missing_argument, slice.offset + slice.text.size(),
                 "expected \":\" and a domain here"};
  auto cidr = find_cidr(slice.text);
  if (cidr < slice.text.size())
    return Fault{Kind::unexpected_argument, slice.offset + cidr,
                 quote(slice.text.substr(cidr)) + ": this mechanism takes no prefix length"};
  return read_domain(slice.from(1), domain);
}

// ":" network [ cidr-length ]
Problem read_network(Slice slice, net::Family family, net::Prefix& network) {
  bool v4 = family == net::Family::v4;
  if (!slice.text.starts_with(':') || slice.text.size() == 1)
    return Fault{Kind::missing_argument, slice.offset,
                 v4 ? "expected \":\" and an IPv4 network such as 192.0.2.0/24"
                    : "expected \":\" and an IPv6 network such as 2001:db8::/32"};
  slice = slice.from(1);
  auto slash = std::min(slice.text.find('/'), slice.text.size());
  auto address = net::Address::read(slice.text.substr(0, slash));
  if (!address || address->family() != family)
    return Fault{Kind::bad_address, slice.offset,
                 quote(slice.text.substr(0, slash)) +
                     (v4 ? " is not an IPv4 address" : " is not an IPv6 address")};
  network = {*address, net::width(family)};
  slice = slice.from(slash);
  if (slice.text.empty()) return std::nullopt;
  slice = slice.from(1);
  if (auto problem = take_length(slice, net::width(family), network.length)) return problem;
  return unexpected_rest(slice);
}

Problem read_argument(Slice slice, All& /*all*/) {
  if (slice.text.empty()) return std::nullopt;
  return Fault{Kind::unexpected_argument, slice.offset,
               quote(slice.text) + ": \"all\" takes no argument"};
}

Problem read_argument(Slice slice, Include& include) {
  return read_target(slice, include.domain);
}

Problem read_argument(Slice slice, Exists& exists) {
  return read_target(slice, exists.domain);
}

Problem read_argument(Slice slice, A& a) {
  return read_hosts(slice, a.domain, a.lengths);
}

Problem read_argument(Slice slice, Mx& mx) {
  return read_hosts(slice, mx.domain, mx.lengths);
}

Problem read_argument(Slice slice, Ptr& ptr) {
  if (slice.text.empty()) return std::nullopt;
  return read_target(slice, ptr.domain.emplace());
}

Problem read_argument(Slice slice, Ip4& ip4) {
  return read_network(slice, net::Family::v4, ip4.network);
}

Problem read_argument(Slice slice, Ip6& ip6) {
  return read_network(slice, net::Family::v6, ip6.network);
}

template <typename T>
Mechanism make() {
  return T{};
}

std::optional<Mechanism> mechanism_named(std::string_view name) {
  struct Row {
    std::string_view name;
    Mechanism (*make)();
  };

  constexpr std::array kRows = {Row{"all", make<All>}, Row{"include", make<Include>},
                                Row{"a", make<A>},     Row{"mx", make<Mx>},
                                Row{"ptr", make<Ptr>}, Row{"ip4", make<Ip4>},
                                Row{"ip6", make<Ip6>}, Row{"exists", make<Exists>}};
  for (const auto& row : kRows)
    if (ascii::iequals(row.name, name)) return row.make();
  return std::nullopt;
}

std::optional<Qualifier> qualifier_of(char c) {
  switch (c) {
    case '+': return Qualifier::pass;
    case '-': return Qualifier::fail;
    case '~': return Qualifier::softfail;
    case '?': return Qualifier::neutral;
    default: return std::nullopt;
  }
}

Problem read_directive(std::string_view text, Directive& directive) {
  Slice slice{text, 0};
  if (auto qualifier = qualifier_of(text[0])) {
    directive.qualifier = *qualifier;
    slice = slice.from(1);
  }
  auto end = std::min(slice.text.find_first_of(":/"), slice.text.size());
  auto name = slice.text.substr(0, end);
  auto mechanism = mechanism_named(name);
  if (!mechanism)
    return Fault{Kind::unknown_mechanism, slice.offset, quote(name) + " is not a mechanism"};
  directive.mechanism = std::move(*mechanism);
  auto argument = slice.from(end);
  return std::visit([&](auto& known) { return read_argument(argument, known); },
                    directive.mechanism);
}

// name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
Problem check_name(std::string_view name) {
  auto allowed = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; };
  if (name.empty()) return Fault{Kind::bad_modifier_name, 0, "no name before \"=\""};
  if (qualifier_of(name[0]))
    return Fault{Kind::bad_modifier_name, 0, "a modifier takes no qualifier"};
  auto bad = ascii::is_alpha(name[0]) ? std::ranges::find_if_not(name, allowed) : name.begin();
  if (bad == name.end()) return std::nullopt;
  return Fault{Kind::bad_modifier_name, static_cast<std::size_t>(bad - name.begin()),
               quote(name) + " is not the name of a modifier"};
}

Problem check_unknown(Slice value) {
  auto parsed = parse_macro_string(value.text, MacroPlace::term);
  if (!parsed.error) return std::nullopt;
  return Fault{Kind::bad_macro, value.offset + parsed.error->offset,
               std::move(parsed.error->message)};
}

class TermParser {
 public:
  TermParser(std::string_view text, std::size_t column) : text_(text), column_(column) {}

  [[nodiscard]] Term parse() const {
    if (auto problem = check_octets(text_)) return error(*problem);
    auto mark = text_.find_first_of(":/=");
    if (mark != std::string_view::npos && text_[mark] == '=') return modifier(mark);
    Directive directive{Qualifier::pass, All{}, std::string(text_), column_};
    if (auto problem = read_directive(text_, directive)) return error(*problem);
    return directive;
  }

 private:
  [[nodiscard]] Term modifier(std::size_t equals) const {
    auto name = ascii::to_lower(text_.substr(0, equals));
    if (auto problem = check_name(name)) return error(*problem);
    auto value = Slice{text_, 0}.from(equals + 1);
    if (name == "redirect" || name == "exp") {
      KnownModifier known{name, {{}, std::string(text_), column_}};
      if (auto problem = read_domain(value, known.modifier.domain)) return error(*problem);
      return known;
    }
    if (auto problem = check_unknown(value)) return error(*problem);
    return UnknownModifier{name, std::string(text_), column_};
  }

  [[nodiscard]] SyntaxError error(const Fault& fault) const {
    return {fault.kind, column_ + fault.offset, std::string(text_), column_, fault.message};
  }

  std::string_view text_;
  std::size_t column_;
};

}  // namespace

Term parse_term(std::string_view text, std::size_t column) {
  return TermParser(text, column).parse();
}

}  // namespace mailtrust::spf
