#include "spf/term.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "spf/argument.hpp"

namespace mailtrust::spf {
namespace {

using Kind = SyntaxError::Kind;

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
