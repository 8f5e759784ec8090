// Macro strings: the grammar. RFC 7208 section 7.1.
#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "spf/macro.hpp"

namespace mailtrust::spf {
namespace {

// More parts than any name or address has, so a larger count is the same as this one.
constexpr unsigned kManyParts = 1000;

constexpr std::string_view kLetters = "slodiphv";
constexpr std::string_view kExplanationLetters = "crt";
constexpr std::string_view kDelimiters = ".-+,/_=";

using Problem = std::optional<MacroError>;

class Parser {
 public:
  Parser(std::string_view text, MacroPlace place) : text_(text), place_(place) {}

  ParsedMacro parse() {
    ParsedMacro parsed;
    macro_.text = text_;
    while (at_ < text_.size() && !parsed.error)
      parsed.error = text_[at_] == '%' ? percent() : literal();
    parsed.macro = std::move(macro_);
    return parsed;
  }

 private:
  // Takes literal text up to the next "%".
  Problem literal() {
    auto end = std::min(text_.find('%', at_), text_.size());
    for (auto i = at_; i < end; ++i) {
      char c = text_[i];
      if ((c > 0x20 && c < 0x7f) || (c == ' ' && place_ == MacroPlace::explanation)) continue;
      return MacroError{i, quote(text_.substr(i, 1)) + " is not allowed; expected visible ASCII"};
    }
    append(text_.substr(at_, end - at_));
    at_ = end;
    return std::nullopt;
  }

  void append(std::string_view text) {
    if (text.empty()) return;
    if (macro_.parts.empty() || !std::holds_alternative<std::string>(macro_.parts.back()))
      macro_.parts.emplace_back(std::string());
    std::get<std::string>(macro_.parts.back()) += text;
  }

  Problem percent() {
    char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    switch (next) {
      case '%': append("%"); break;
      case '_': append(" "); break;
      case '-': append("%20"); break;
      case '{': return expansion();
      default: return MacroError{at_, R"("%" must be followed by "{", "%", "_" or "-")"};
    }
    at_ += 2;
    return std::nullopt;
  }

  // "%{" macro-letter transformers *delimiter "}"
  Problem expansion() {
    auto close = text_.find('}', at_);
    if (close == std::string_view::npos) return MacroError{at_, R"("%{" without its "}")"};
    auto start = at_ + 2;
    auto body = text_.substr(start, close - start);
    MacroExpand expand;
    if (auto problem = letter(body, expand)) return MacroError{start, std::move(*problem)};
    auto rest = body.substr(1);
    if (!transformers(rest, expand))
      return MacroError{start + 1, "the number of parts in a macro must not be zero"};
    auto bad = rest.find_first_not_of(kDelimiters);
    if (bad != std::string_view::npos)
      return MacroError{close - rest.size() + bad,
                        quote(rest.substr(bad, 1)) +
                            " in a macro; expected digits, \"r\" and delimiters of \".-+,/_=\""};
    expand.delimiters = rest;
    macro_.parts.emplace_back(std::move(expand));
    at_ = close + 1;
    return std::nullopt;
  }

  std::optional<std::string> letter(std::string_view body, MacroExpand& expand) const {
    if (body.empty()) return "a macro without its letter";
    expand.letter = ascii::lower(body[0]);
    expand.url_escape = expand.letter != body[0];
    if (kLetters.find(expand.letter) != std::string_view::npos) return std::nullopt;
    if (kExplanationLetters.find(expand.letter) == std::string_view::npos)
      return quote(body.substr(0, 1)) + " is not a macro letter; expected one of \"slodiphv\"";
    // RFC 7208 section 7.2: these letters only in the text that exp= leads to.
    if (place_ == MacroPlace::explanation) return std::nullopt;
    return "the macro letter " + quote(body.substr(0, 1)) + " is for explanation texts only";
  }

  // Takes *DIGIT [ "r" ] off the text.
  static bool transformers(std::string_view& rest, MacroExpand& expand) {
    auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    for (char c : rest.substr(0, digits))
      expand.digits = std::min(expand.digits * 10 + static_cast<unsigned>(c - '0'), kManyParts);
    if (digits > 0 && expand.digits == 0) return false;
    rest.remove_prefix(digits);
    expand.reverse = !rest.empty() && ascii::lower(rest[0]) == 'r';
    if (expand.reverse) rest.remove_prefix(1);
    return true;
  }

  std::string_view text_;
  MacroPlace place_;
  std::size_t at_ = 0;
  MacroString macro_;
};

// toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
bool is_top_label(std::string_view label) {
  auto allowed = [](char c) { return ascii::is_alnum(c) || c == '-'; };
  return !label.empty() && std::ranges::all_of(label, allowed) && label.front() != '-' &&
         label.back() != '-' && label.find_first_not_of("0123456789") != std::string_view::npos;
}

// domain-end = ( "." toplabel [ "." ] ) / macro-expand
Problem check_domain_end(const MacroString& macro) {
  constexpr const char* kExpected = "; expected a domain such as example.org";
  std::string_view text = macro.text;
  if (std::holds_alternative<MacroExpand>(macro.parts.back())) return std::nullopt;
  for (std::string_view escape : {"%%", "%_", "%-"})
    if (text.ends_with(escape)) return std::nullopt;
  if (text.ends_with('.')) text.remove_suffix(1);
  auto dot = text.rfind('.');
  auto start = dot == std::string_view::npos ? 0 : dot + 1;
  auto label = text.substr(start);
  if (!is_top_label(label))
    return MacroError{start, quote(label) + " is not a top-level domain" + kExpected, true};
  if (start > 0) return std::nullopt;
  return MacroError{0, quote(text) + " is a single label" + kExpected, true};
}

}  // namespace

bool MacroString::is_literal() const {
  auto literal = [](const auto& part) { return std::holds_alternative<std::string>(part); };
  return std::ranges::all_of(parts, literal);
}

bool MacroString::uses(char letter) const {
  return std::ranges::any_of(parts, [&](const auto& part) {
    const auto* expand = std::get_if<MacroExpand>(&part);
    return expand != nullptr && expand->letter == letter;
  });
}

ParsedMacro parse_macro_string(std::string_view text, MacroPlace place) {
  return Parser(text, place).parse();
}

ParsedMacro parse_domain_spec(std::string_view text) {
  auto parsed = parse_macro_string(text, MacroPlace::term);
  if (!parsed.valid()) return parsed;
  parsed.error = text.empty() ? MacroError{0, "expected a domain"} : check_domain_end(parsed.macro);
  return parsed;
}

}  // namespace mailtrust::spf
