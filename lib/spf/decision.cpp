#include "spf/decision.hpp"

namespace mailtrust::spf {
namespace {

constexpr std::size_t kResults = 8;
// In a choice: neither answer is a decision of ours, the record elsewhere decides.
constexpr Decisions::Id kElsewhere = static_cast<Decisions::Id>(Outcome::depends);

}  // namespace

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::none: return "none";
    case Outcome::neutral: return "neutral";
    case Outcome::pass: return "pass";
    case Outcome::fail: return "fail";
    case Outcome::softfail: return "softfail";
    case Outcome::temperror: return "temperror";
    case Outcome::permerror: return "permerror";
    case Outcome::depends: return "depends on the message";
  }
  return "depends on the message";
}

Outcome outcome_of(Qualifier qualifier) {
  switch (qualifier) {
    case Qualifier::pass: return Outcome::pass;
    case Qualifier::fail: return Outcome::fail;
    case Qualifier::softfail: return Outcome::softfail;
    case Qualifier::neutral: return Outcome::neutral;
  }
  return Outcome::neutral;
}

// The first choices stand for the results, so that a result's number is its place.
Decisions::Decisions() : choices_(kResults) {}

Outcome Decisions::outcome(Id id) {
  return id < kResults ? static_cast<Outcome>(id) : Outcome::depends;
}

std::uint32_t Decisions::number_of(const std::string& condition) {
  return conditions_.try_emplace(condition, static_cast<std::uint32_t>(conditions_.size()))
      .first->second;
}

Decisions::Id Decisions::make(const Choice& choice) {
  auto known = known_.find(choice);
  if (known != known_.end()) return known->second;
  full_ = full_ || choices_.size() >= kMost;
  if (full_) return result(Outcome::depends);
  choices_.push_back(choice);
  auto id = static_cast<Id>(choices_.size() - 1);
  known_.emplace(choice, id);
  return id;
}

Decisions::Id Decisions::choose(const std::string& condition, Id yes, Id no) {
  return yes == no ? yes : make({number_of(condition), yes, no});
}

Decisions::Id Decisions::elsewhere(const std::string& condition) {
  return make({number_of(condition), kElsewhere, kElsewhere});
}

Decisions::Id Decisions::redirect(Id target) {
  return outcome(target) == Outcome::none ? result(Outcome::permerror) : target;
}

Decisions::Id Decisions::include_result(Outcome inner, Id match, Id rest) {
  switch (inner) {
    case Outcome::pass: return match;
    case Outcome::temperror: return result(Outcome::temperror);
    case Outcome::none:
    case Outcome::permerror: return result(Outcome::permerror);
    case Outcome::fail:
    case Outcome::softfail:
    case Outcome::neutral:
    case Outcome::depends: return rest;
  }
  return rest;
}

Decisions::Id Decisions::include(Id inner, Id match, Id rest) {
  if (full_) return result(Outcome::depends);
  if (inner < kResults) return include_result(static_cast<Outcome>(inner), match, rest);
  Choice work{inner, match, rest};
  auto known = included_.find(work);
  if (known != included_.end()) return known->second;
  auto choice = choices_[inner];
  bool is_elsewhere = choice.yes == kElsewhere && choice.no == kElsewhere;
  auto yes = is_elsewhere ? match : include(choice.yes, match, rest);
  auto no = is_elsewhere ? rest : include(choice.no, match, rest);
  auto id = yes == no ? yes : make({choice.condition, yes, no});
  full_ = full_ || included_.size() >= 10 * kMost;
  included_.emplace(work, id);
  return id;
}

}  // namespace mailtrust::spf
