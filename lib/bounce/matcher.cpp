#include "bounce/matcher.hpp"

#include <cstdint>
#include <vector>

#include "base/ascii.hpp"
#include "bounce/fold.hpp"
#include "bounce/phrase_set.hpp"

namespace mailtrust::bounce {
namespace {

bool fits(std::string_view wanted, const std::optional<Status>& status) {
  if (!status) return false;
  if (wanted.starts_with("x.")) return to_string(*status).substr(2) == wanted.substr(2);
  return to_string(*status) == wanted;
}

bool fits(const Rule& rule, const Clues& clues) {
  if (rule.without_code && clues.code_told) return false;
  if (!rule.command.empty() && !ascii::iequals(rule.command, clues.command)) return false;
  return rule.status.empty() || fits(rule.status, clues.of_reply) ||
         fits(rule.status, clues.of_notice);
}

bool is_narrow(const Rule& rule) {
  return rule.without_code || !rule.command.empty();
}

struct Candidate {
  const Rule* rule = nullptr;
  std::uint32_t length = 0;

  [[nodiscard]] bool beats(const Candidate& other) const {
    if (other.rule == nullptr) return true;
    if (rule->weight != other.rule->weight) return rule->weight > other.rule->weight;
    if (length != other.length) return length > other.length;
    if (is_narrow(*rule) != is_narrow(*other.rule)) return is_narrow(*rule);
    return rule < other.rule;
  }
};

// All phrases in one automaton: those of the rules, then the receivers' words.
class Book {
 public:
  Book() : phrases_(collect()) {
    for (const auto& rule : rules())
      if (rule.phrase.empty()) without_phrase_.push_back(&rule);
  }

  [[nodiscard]] Matches look_up(std::string_view text, const Clues& clues) const {
    auto hits = phrases_.find(fold(text));
    Candidate own;
    Candidate general;
    auto consider = [&](const Rule& rule, std::uint32_t length) {
      if (!fits(rule, clues)) return;
      if (!rule.receiver.empty() && rule.weight != Weight::strong &&
          !is_known(rule.receiver, hits, clues))
        return;
      auto& best = rule.receiver.empty() ? general : own;
      if (Candidate made{&rule, length}; made.beats(best)) best = made;
    };
    for (const auto& hit : hits)
      if (hit.phrase < rules().size()) consider(rules()[hit.phrase], hit.length);
    for (const auto* rule : without_phrase_) consider(*rule, 0);
    return {own.rule, general.rule};
  }

 private:
  static std::vector<std::string_view> collect() {
    std::vector<std::string_view> phrases;
    for (const auto& rule : rules()) phrases.push_back(rule.phrase);
    for (const auto& receiver : receivers()) phrases.push_back(receiver.words);
    return phrases;
  }

  static bool is_known(std::string_view id, const std::vector<PhraseSet::Hit>& hits,
                       const Clues& clues) {
    if (clues.receiver != nullptr && clues.receiver->id == id) return true;
    for (const auto& hit : hits)
      if (hit.phrase >= rules().size() && receivers()[hit.phrase - rules().size()].id == id)
        return true;
    return false;
  }

  PhraseSet phrases_;
  std::vector<const Rule*> without_phrase_;
};

}  // namespace

Matches match_rules(std::string_view text, const Clues& clues) {
  static const Book book;
  return book.look_up(text, clues);
}

}  // namespace mailtrust::bounce
