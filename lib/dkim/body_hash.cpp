#include "dkim/body_hash.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <utility>
#include <vector>

#include "dkim/body_canonical.hpp"
#include "dkim/running_hash.hpp"

namespace mailtrust::dkim {
namespace {

constexpr auto kWhole = std::numeric_limits<std::uint64_t>::max();

// The body in one form under one hash, and where digests of it are wanted.
struct Run {
  struct Stop {
    std::uint64_t length = kWhole;  // of canonical octets
    bool reached = false;
    std::string digest;
  };

  explicit Run(Hash wanted) : hash(wanted), state(wanted) {}

  void update(std::string_view octets) {
    for (auto& stop : stops) {
      if (stop.reached || stop.length - size > octets.size()) continue;
      auto take = octets.substr(0, static_cast<std::size_t>(stop.length - size));
      state.update(take);
      size += take.size();
      octets.remove_prefix(take.size());
      stop.digest = state.digest_with("");
      stop.reached = true;
    }
    state.update(octets);
    size += octets.size();
  }

  void finish() {
    for (auto& stop : stops)
      if (!stop.reached) stop.digest = state.digest_with("");
  }

  Hash hash;
  RunningHash state;
  std::uint64_t size = 0;
  std::vector<Stop> stops;  // by length
};

}  // namespace

class BodyHasher::Impl {
 public:
  std::size_t want(const Wish& wish) {
    auto length = wish.length.value_or(kWhole);
    auto& run = run_for(wish.form, wish.hash);
    auto stop = std::ranges::lower_bound(run.stops, length, {}, &Run::Stop::length);
    if (stop == run.stops.end() || stop->length != length)
      run.stops.insert(stop, {length, false, {}});
    wishes_.push_back({&run, length});
    return wishes_.size() - 1;
  }

  void update(std::string_view piece) {
    for (auto& form : forms_) form.canonicalizer.update(piece, form);
  }

  void finish() {
    if (std::exchange(finished_, true)) return;
    for (auto& form : forms_) form.canonicalizer.finish(form);
    for (auto& run : runs_) run.finish();
  }

  [[nodiscard]] const std::string& digest(std::size_t number) const {
    const auto& wish = wishes_.at(number);
    return std::ranges::lower_bound(wish.run->stops, wish.length, {}, &Run::Stop::length)->digest;
  }

  [[nodiscard]] std::uint64_t canonical_size(Canonicalization form) const {
    auto found = std::ranges::find(forms_, form, &Form::form);
    return found == forms_.end() ? 0 : found->size;
  }

  [[nodiscard]] LineEnds line_ends() const {
    return forms_.empty() ? LineEnds{} : forms_.front().canonicalizer.line_ends();
  }

 private:
  // The body in one form, for all hashes of it.
  struct Form : OctetSink {
    explicit Form(Canonicalization wanted) : form(wanted), canonicalizer(wanted) {}

    void write(std::string_view octets) override {
      size += octets.size();
      for (auto* run : runs) run->update(octets);
    }

    Canonicalization form;
    BodyCanonicalizer canonicalizer;
    std::vector<Run*> runs;
    std::uint64_t size = 0;
  };

  struct Made {
    Run* run;
    std::uint64_t length;
  };

  Form& form_for(Canonicalization form) {
    auto found = std::ranges::find(forms_, form, &Form::form);
    return found == forms_.end() ? forms_.emplace_back(form) : *found;
  }

  Run& run_for(Canonicalization form, Hash hash) {
    auto& runs = form_for(form).runs;
    auto found = std::ranges::find(runs, hash, &Run::hash);
    if (found != runs.end()) return **found;
    runs.push_back(&runs_.emplace_back(hash));
    return *runs.back();
  }

  std::deque<Form> forms_;  // these stay where they are
  std::deque<Run> runs_;
  std::vector<Made> wishes_;
  bool finished_ = false;
};

BodyHasher::BodyHasher() : impl_(std::make_unique<Impl>()) {}

BodyHasher::BodyHasher(BodyHasher&&) noexcept = default;
BodyHasher& BodyHasher::operator=(BodyHasher&&) noexcept = default;
BodyHasher::~BodyHasher() = default;

std::size_t BodyHasher::want(const Wish& wish) {
  return impl_->want(wish);
}

void BodyHasher::update(std::string_view piece) {
  impl_->update(piece);
}

void BodyHasher::finish() {
  impl_->finish();
}

const std::string& BodyHasher::digest(std::size_t number) const {
  return impl_->digest(number);
}

LineEnds BodyHasher::line_ends() const {
  return impl_->line_ends();
}

std::uint64_t BodyHasher::canonical_size(Canonicalization form) const {
  return impl_->canonical_size(form);
}

}  // namespace mailtrust::dkim
