#include "received/dialect.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace mailtrust::received {
namespace {

constexpr auto kMarks = std::to_array<Mark>({
#include "received/dialects.inc"
});

// The rows of one place, so that a word is held only against those that can match it.
template <Place place>
constexpr auto rows_of() {
  constexpr auto is_here = [](const Mark& mark) { return mark.place == place; };
  std::array<Mark, std::ranges::count_if(kMarks, is_here)> rows{};
  std::ranges::copy_if(kMarks, rows.begin(), is_here);
  return rows;
}

constexpr auto kProtocols = rows_of<Place::protocol>();
constexpr auto kServers = rows_of<Place::server>();
constexpr auto kComments = rows_of<Place::comment>();
constexpr auto kCommentParts = rows_of<Place::comment_part>();
constexpr auto kWords = rows_of<Place::word>();
constexpr auto kNoNames = rows_of<Place::no_name>();

bool starts_with(std::string_view text, const Mark& mark) {
  // Nearly every row differs in its first letter.
  return !text.empty() && ascii::lower(text.front()) == ascii::lower(mark.text.front()) &&
         ascii::istarts_with(text, mark.text);
}

unsigned prefix_traits(std::string_view text, std::span<const Mark> rows) {
  unsigned found = 0;
  for (const auto& row : rows)
    if (starts_with(text, row)) found |= row.means;
  return found;
}

unsigned comment_traits(std::string_view comment) {
  unsigned found = 0;
  for (const auto& row : kComments) {
    if (!starts_with(comment, row)) continue;
    auto size = row.text.size();
    // A name or an ident that begins alike goes on with a dot, a hyphen or an at sign.
    constexpr std::string_view kBehind = " \t\r\n:,";
    bool whole = comment.size() == size || kBehind.find(comment[size]) != std::string_view::npos;
    if (whole) found |= row.means;
  }
  return found;
}

unsigned word_traits(std::string_view word, std::span<const Mark> rows) {
  for (const auto& row : rows)
    if (ascii::iequals(word, row.text)) return row.means;
  return 0;
}

unsigned part_traits(std::string_view comment) {
  unsigned found = 0;
  while (!comment.empty()) {
    // Not find_first_of, which calls memchr for every octet.
    auto ends = [](char c) { return c == ' ' || c == ',' || c == ';'; };
    auto end = static_cast<std::size_t>(std::ranges::find_if(comment, ends) - comment.begin());
    found |= word_traits(comment.substr(0, end), kCommentParts);
    comment.remove_prefix(std::min(end + 1, comment.size()));
  }
  return found;
}

// Of what the server says of itself.
unsigned own_traits(const Clause& clause) {
  unsigned found = 0;
  for (const auto& token : clause.tokens) {
    if (token.kind == Token::Kind::comment)
      found |= prefix_traits(token.text, kServers) | comment_traits(token.text) |
               part_traits(token.text);
    else
      found |= word_traits(token.text, kWords);
  }
  return found;
}

// RFC 3848 and RFC 6531 section 4.3: the "A" at the end, with UTF8 in front and without, and the
// words that servers made in their likeness ("smtpsa"). "asmtp" is what Exim wrote before.
bool is_authenticated_protocol(std::string_view word) {
  while (word.ends_with('[') || word.ends_with(']')) word.remove_suffix(1);
  if (ascii::iequals(word, "ASMTP") || ascii::iequals(word, "SASMTP")) return true;
  if (ascii::istarts_with(word, "UTF8")) word.remove_prefix(4);
  if (ascii::istarts_with(word, "E")) word.remove_prefix(1);
  return ascii::iequals(word, "SMTPA") || ascii::iequals(word, "SMTPSA") ||
         ascii::iequals(word, "LMTPA") || ascii::iequals(word, "LMTPSA");
}

unsigned protocol_traits(const Clause& clause) {
  // "NetMail ModWeb" is two words, which stand in one text.
  std::string_view all = clause.value;
  for (const auto& token : clause.tokens)
    if (token.kind == Token::Kind::word && token.text.data() > all.data())
      all = {all.data(),
             static_cast<std::size_t>(token.text.data() - all.data()) + token.text.size()};
  unsigned found = prefix_traits(all, kProtocols);
  for (const auto& token : clause.tokens)
    if (token.kind == Token::Kind::word && is_authenticated_protocol(token.text))
      found |= kAuthenticated;
  return found;
}

// GMX wrote the name of the submission process behind its own: "by mail.gmx.net (mp033)".
bool is_gmx_submission(const Clause& by) {
  auto submits = [](std::string_view comment) {
    return comment.size() > 2 && comment.starts_with("mp") &&
           std::ranges::all_of(comment.substr(2), ascii::is_digit);
  };
  return ascii::istarts_with(by.value, "mail.gmx.") && by.find_comment(submits) != nullptr;
}

// Yahoo: "(user@192.0.2.1 with login)".
bool is_login(std::string_view comment) {
  constexpr auto kMethods =
      std::to_array<std::string_view>({" with login", " with plain", " with cram-md5",
                                       " with poptime", " with oauth", " with xymcookie"});
  // Sendmail by a filter: "(user=joe@example.org mech=LOGIN bits=0)".
  bool mechanism = comment.starts_with("user=") && comment.find(" mech=") != std::string_view::npos;
  return mechanism || std::ranges::any_of(kMethods, [&](auto method) {
           return ascii::iends_with(comment, method);
         });
}

// One with an address in brackets never says so at its beginning: a name there is the client's
// choice, and a name has no blanks.
unsigned client_traits(const Clause& from) {
  unsigned found = 0;
  for (const auto& token : from.tokens)
    if (token.kind == Token::Kind::comment)
      found |= comment_traits(token.text) | (is_login(token.text) ? kAuthenticated : 0);
  return found;
}

}  // namespace

std::span<const Mark> marks() {
  return kMarks;
}

unsigned traits(const Clauses& clauses) {
  unsigned found = client_traits(clauses.from);
  for (const auto* clause :
       {&clauses.by, &clauses.with, &clauses.via, &clauses.id, &clauses.recipient})
    found |= own_traits(*clause);
  found |= protocol_traits(clauses.with) | protocol_traits(clauses.via);
  if (is_gmx_submission(clauses.by)) found |= kAuthenticated;
  return found;
}

bool is_no_name(std::string_view name) {
  return word_traits(name, kNoNames) != 0;
}

}  // namespace mailtrust::received
