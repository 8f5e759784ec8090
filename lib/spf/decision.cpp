#include "spf/decision.hpp"

namespace mailtrust::spf {
namespace {

constexpr std::size_t kResults = 8;
// In a choice: neither answer is a decision of ours, the record elsewhere decides.
constexpr Decisions::Id kElsewhere = static_cast<Decisions::Id>(Ruling::depends);

}  // namespace

std::string_view to_string(Ruling ruling) {
  switch (ruling) {
    case Ruling::none: return "none";
    case Ruling::neutral: return "neutral";
    case Ruling::pass: return "pass";
    case Ruling::fail: return "fail";
    case Ruling::softfail: return "softfail";
    case Ruling::temperror: return "temperror";
    case Ruling::permerror: return "permerror";
    case Ruling::depends: return "depends on the message";
  }
  return "depends on the message";
}

Ruling ruling_of(Qualifier qualifier) {
  switch (qualifier) {
    case Qualifier::pass: return Ruling::pass;
    case Qualifier::fail: return Ruling::fail;
    case Qualifier::softfail: return Ruling::softfail;
    case Qualifier::neutral: return Ruling::neutral;
  }
  return Ruling::neutral;
}

// The first choices stand for the results, so that a result's number is its place.
Decisions::Decisions() : choices_(kResults) {}

Ruling Decisions::ruling(Id id) {
  return id < kResults ? static_cast<Ruling>(id) : Ruling::depends;
}

std::uint32_t Decisions::number_of(const std::string& condition) {
  return conditions_.try_emplace(condition, static_cast<std::uint32_t>(conditions_.size()))
      .first->second;
}

Decisions::Id Decisions::make(const Choice& choice) {
  auto known = known_.find(choice);
  if (known != known_.end()) return known->second;
  full_ = full_ || choices_.size() >= kMost;
  if (full_) return result(Ruling::depends);
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
  return ruling(target) == Ruling::none ? result(Ruling::permerror) : target;
}

Decisions::Id Decisions::include_result(Ruling inner, Id match, Id rest) {
  switch (inner) {
    case Ruling::pass: return match;
    case Ruling::temperror: return result(Ruling::temperror);
    case Ruling::none:
    case Ruling::permerror: return result(Ruling::permerror);
    case Ruling::fail:
    case Ruling::softfail:
    case Ruling::neutral:
    case Ruling::depends: return rest;
  }
  return rest;
}

Decisions::Id Decisions::include(Id inner, Id match, Id rest) {
  if (full_) return result(Ruling::depends);
  if (inner < kResults) return include_result(static_cast<Ruling>(inner), match, rest);
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
