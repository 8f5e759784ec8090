#include "message/address.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dns/name.hpp"
#include "message/address_token.hpp"

namespace mailtrust::message {
namespace {

using Kind = AddressFault::Kind;

/// Words and dots in front of what says what they are: a local part, or the name of a mailbox or a
/// group. RFC 5322 sections 3.2.5 and 4.1 (dots in names).
struct Phrase {
  std::string name;   ///< the words as a person reads them
  std::string local;  ///< the same run together
  std::size_t at = 0;
  bool any = false;
  bool is_local = false;  ///< words and dots take turns, so it may stand before an "@"
};

/// A domain name or literal. RFC 5322 sections 3.4.1 and 4.4 (blanks around dots).
struct Domain {
  std::string text;
  std::size_t at = 0;
  bool sound = false;
};

class Parser {
 public:
  Parser(std::string_view value, AddressList& list)
      : value_(value), list_(list), tokens_(value, list.faults) {}

  void parse() {
    while (!at_end()) take_element();
    if (in_group_) fault(Kind::syntax, value_.size(), "the group does not end: expected \";\"");
  }

 private:
  const Token& now() { return tokens_.now(); }

  bool at_end() { return now().kind == Token::Kind::end; }

  bool at_stop() { return at_end() || now().is(',') || (now().is(';') && in_group_); }

  void fault(Kind kind, std::size_t at, std::string message) {
    tokens_.fault(kind, at, std::move(message));
  }

  // What stands here, for messages.
  std::string found() {
    return at_end() ? std::string("the end") : quote(value_.substr(now().at, now().text.size()));
  }

  bool take(char special) {
    if (!now().is(special)) return false;
    tokens_.advance();
    return true;
  }

  void skip_to_stop() {
    while (!at_stop()) tokens_.advance();
  }

  // RFC 5322 section 3.4: a mailbox, the beginning or the end of a group, or (4.4) nothing.
  void take_element() {
    if (take(',')) return;
    if (now().is(';')) return end_group();
    auto phrase = take_phrase();
    if (now().is(':'))
      begin_group(phrase);
    else if (now().is('@'))
      take_plain(phrase);
    else if (now().is('<'))
      take_bracketed(phrase.name);
    else
      complain_of_no_mailbox(phrase);
  }

  void end_group() {
    if (!in_group_) fault(Kind::syntax, now().at, "a \";\" that ends no group: expected \",\"");
    in_group_ = false;
    tokens_.advance();
    if (at_end() || now().is(',')) return;
    fault(Kind::syntax, now().at, "expected \",\" behind the group, found " + found());
    skip_to_stop();
  }

  void begin_group(const Phrase& phrase) {
    if (in_group_) fault(Kind::syntax, now().at, "a group within a group");
    if (!phrase.any) fault(Kind::syntax, now().at, "a group without a name");
    list_.groups.push_back(phrase.name);
    in_group_ = true;
    tokens_.advance();
  }

  Phrase take_phrase() {
    Phrase phrase;
    phrase.at = now().at;
    bool word_before = false;
    bool alternates = true;
    for (; now().is_word() || now().is('.'); tokens_.advance()) {
      bool word = now().is_word();
      alternates = alternates && word != word_before;
      word_before = word;
      if (now().blank_before && !phrase.name.empty()) phrase.name += ' ';
      phrase.name += now().text;
      phrase.local += now().text;
      phrase.any = true;
    }
    phrase.is_local = alternates && word_before;
    return phrase;
  }

  void complain_of_no_mailbox(const Phrase& phrase) {
    if (at_stop() && phrase.any)
      fault(Kind::empty_domain, phrase.at, "no \"@\" and domain behind " + quote(phrase.name));
    else
      fault(Kind::syntax, now().at, "expected a mailbox, found " + found());
    skip_to_stop();
  }

  // addr-spec without brackets, or a display name with an "@" that its writer did not quote.
  void take_plain(const Phrase& phrase) {
    auto at = now().at;
    tokens_.advance();
    auto domain = take_domain();
    auto after = now().at;
    auto what = found();
    bool ends_well = at_stop();
    while (!at_stop() && !now().is('<')) tokens_.advance();
    if (now().is('<')) return take_behind_unquoted(phrase, domain);
    if (!ends_well) fault(Kind::syntax, after, "expected \",\" or the end, found " + what);
    add(phrase, domain, at, {});
  }

  // `a@b.example <c@b.example>` is not the grammar, but all readers find the same domain in it.
  void take_behind_unquoted(const Phrase& phrase, const Domain& shown) {
    auto name = ascii::trim(value_.substr(phrase.at, now().at - phrase.at));
    auto before = list_.addresses.size();
    take_bracketed(std::string(name));
    bool same = list_.addresses.size() > before && shown.sound &&
                ascii::iequals(list_.addresses.back().domain, shown.text) &&
                name.ends_with(shown.text);
    if (!same) fault(Kind::syntax, phrase.at, "an \"@\" in a display name without quotes");
  }

  // angle-addr
  void take_bracketed(std::string name) {
    check_name(name, now().at);
    tokens_.advance();
    take_route();
    auto phrase = take_phrase();
    auto at = now().at;
    if (!take('@')) {
      bool only_domain_missing = now().is('>') && phrase.any;
      fault(only_domain_missing ? Kind::empty_domain : Kind::syntax, at,
            "expected \"@\" and a domain, found " + found());
      return skip_to_stop();
    }
    auto domain = take_domain();
    add(phrase, domain, at, std::move(name));
    if (!take('>')) {
      fault(Kind::syntax, now().at, "expected \">\", found " + found());
    } else if (!at_stop()) {
      fault(Kind::syntax, now().at, "expected \",\" behind the mailbox, found " + found());
    }
    skip_to_stop();
  }

  // RFC 5322 section 4.4: obs-route. What it names is no part of the address.
  void take_route() {
    if (!now().is('@') && !now().is(',')) return;
    fault(Kind::route, now().at, "a route in front of the address");
    while (!at_end() && !now().is(':') && !now().is('>')) tokens_.advance();
    take(':');
  }

  Domain take_domain() {
    Domain domain;
    domain.at = now().at;
    if (now().kind == Token::Kind::literal) {
      domain.text = now().text;
      domain.sound = true;
      tokens_.advance();
      return domain;
    }
    bool atom_before = false;
    bool alternates = true;
    for (; now().kind == Token::Kind::atom || now().is('.'); tokens_.advance()) {
      bool atom = now().kind == Token::Kind::atom;
      // A blank ends the domain, unless a dot is at its other side.
      if (atom && atom_before) break;
      alternates = alternates && atom != atom_before;
      if (!domain.text.empty() && now().comment_before)
        fault(Kind::hidden, now().at, "a comment within a domain");
      atom_before = atom;
      domain.text += now().text;
    }
    domain.sound = alternates && atom_before;
    return domain;
  }

  void add(const Phrase& phrase, const Domain& domain, std::size_t at, std::string name) {
    if (!phrase.is_local) {
      auto what = phrase.any ? "dots or blanks in the local part: expected quotes"
                             : "no local part in front of \"@\"";
      fault(Kind::syntax, phrase.any ? phrase.at : at, what);
    }
    if (domain.text.empty())
      return fault(Kind::empty_domain, domain.at, "expected a domain, found " + found());
    if (!domain.sound)
      fault(Kind::syntax, domain.at, "a dot too many in the domain " + quote(domain.text));
    else if (!fits_dns(domain.text))
      fault(Kind::empty_domain, domain.at, quote(domain.text) + " is no name that DNS can carry");
    list_.addresses.push_back({phrase.local, domain.text, std::move(name), phrase.at + 1});
  }

  static bool fits_dns(const std::string& domain) {
    constexpr std::size_t kMostOctets = 1024;  // of U-labels, which grow shorter
    if (domain.front() == '[') return true;
    return domain.size() <= kMostOctets && dns::Name::parse_any(domain).has_value();
  }

  // What encoded words hold is text, but some readers decode them before they look for addresses.
  void check_name(const std::string& name, std::size_t at) {
    if (name.find("=?") == std::string::npos) return;
    auto shown = decode_words(name);
    if (shown == name) return;
    if (shown.find_first_of(std::string_view("\0\r\n", 3)) != std::string::npos)
      fault(Kind::control, at, "a control in the encoded words before \"<\"");
    auto sign = shown.find('@');
    if (sign == std::string::npos) return;
    if (shown.find('<') < sign || shown.find_first_of(",;>", sign) != std::string::npos)
      fault(Kind::hidden, at, "an address in the encoded words before \"<\": " + quote(shown));
  }

  std::string_view value_;
  AddressList& list_;
  Tokens tokens_;
  bool in_group_ = false;
};

}  // namespace

AddressList parse_addresses(std::string_view value) {
  AddressList list;
  Parser(value, list).parse();
  std::ranges::stable_sort(list.faults, {}, &AddressFault::column);
  return list;
}

}  // namespace mailtrust::message
