// SPF records (RFC 7208 section 12), and what is offered for terms that are wrong.
#include "fuzz/faults.hpp"
#include "spf/publish.hpp"
#include "spf/record.hpp"
#include "spf/suggest.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

std::size_t words(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != ' ' && (i == 0 || text[i - 1] == ' ')) ++count;
  return count;
}

// A mechanism printed and read again prints the same.
void require_round_trip(const spf::Directive& directive) {
  auto spelled = to_string(directive.mechanism);
  auto again = spf::parse_record("v=spf1 " + spelled);
  require(again.valid() && again.record.directives.size() == 1, "what was printed is a directive");
  const auto& mechanism = again.record.directives[0].mechanism;
  require(to_string(mechanism) == spelled, "the same one");
  require(costs_lookup(mechanism) == costs_lookup(directive.mechanism), "at the same cost");
}

void look_at(const spf::Directive& directive, std::string_view text) {
  require(fuzz::stands_at(text, directive.column, directive.text), "directives stand in the text");
  require_round_trip(directive);
  auto without = spf::edited(text, {{directive.column, ""}});
  require(words(without) + 1 == words(text), "a term can be taken out");
  require(spf::edited(text, {{directive.column, std::string(directive.text)}}) == text,
          "and be replaced by itself");
}

void look_at(const spf::SyntaxError& error, std::string_view text) {
  require(fuzz::stands_at(text, error.term_column, error.term), "wrong terms stand in the text");
  require(error.column >= error.term_column, "the octet at fault is in its term");
  require(error.column <= error.term_column + error.term.size(), "and not behind it");
}

// Of one term: a suggestion costs more than a record does.
void require_good_suggestion(const spf::SyntaxError& error) {
  if (auto better = spf::suggest(error.term))
    require(spf::parse_record("v=spf1 " + *better).valid(), "what is suggested is right");
}

}  // namespace

MAILTRUST_FUZZ(spf_record, octets) {
  auto text = spf::is_spf(octets) ? std::string(octets) : "v=spf1 " + std::string(octets);
  auto parsed = spf::parse_record(text);
  const auto& record = parsed.record;
  for (const auto& directive : record.directives) look_at(directive, text);
  for (const auto& error : parsed.errors) look_at(error, text);
  fuzz::require_in_order(parsed.errors, text);
  if (!parsed.errors.empty()) require_good_suggestion(parsed.errors.back());
  auto found = 1 + record.directives.size() + record.unknown.size() + parsed.errors.size() +
               (record.redirect ? 1 : 0) + (record.explanation ? 1 : 0);
  require(found == words(text), "every word is a term or a fault");
}
