#include "dkim/body_hash.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <limits>
#include <new>
#include <vector>

#include <openssl/evp.h>

#include "dkim/canonical.hpp"

namespace mailtrust::dkim {
namespace {

constexpr auto kWhole = std::numeric_limits<std::uint64_t>::max();

// Fetched once: what EVP_sha256() names is looked up again at each use.
const EVP_MD* method(Hash kind) {
  static const EVP_MD* const sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kind == Hash::sha1 ? sha1 : sha256;
}

class State {
 public:
  explicit State(Hash kind) : context_(made()) {
    if (EVP_DigestInit_ex(context_.get(), method(kind), nullptr) != 1) throw std::bad_alloc();
  }

  void update(std::string_view octets) {
    EVP_DigestUpdate(context_.get(), octets.data(), octets.size());
  }

  // Of what came so far; more may come.
  [[nodiscard]] std::string digest() const {
    Context copy = made();
    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    unsigned size = 0;
    if (EVP_MD_CTX_copy_ex(copy.get(), context_.get()) != 1) throw std::bad_alloc();
    EVP_DigestFinal_ex(copy.get(), octets.data(), &size);
    return {reinterpret_cast<const char*>(octets.data()), size};
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };

  using Context = std::unique_ptr<EVP_MD_CTX, Free>;

  static Context made() {
    Context context(EVP_MD_CTX_new());
    if (!context) throw std::bad_alloc();
    return context;
  }

  Context context_;
};

// The body in one form under one hash, and where digests of it are wanted.
struct Run {
  struct Stop {
    std::uint64_t length = kWhole;  // of canonical octets
    std::string digest;
  };

  Run(Canonicalization run_form, Hash run_hash) : form(run_form), hash(run_hash), state(run_hash) {}

  void update(std::string_view octets) {
    for (auto& stop : stops) {
      if (stop.length < size || stop.length - size > octets.size() || !stop.digest.empty())
        continue;
      auto take = octets.substr(0, static_cast<std::size_t>(stop.length - size));
      state.update(take);
      size += take.size();
      octets.remove_prefix(take.size());
      stop.digest = state.digest();
    }
    state.update(octets);
    size += octets.size();
  }

  void finish() {
    for (auto& stop : stops)
      if (stop.digest.empty()) stop.digest = state.digest();
  }

  Canonicalization form;
  Hash hash;
  State state;
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
    if (stop == run.stops.end() || stop->length != length) run.stops.insert(stop, {length, {}});
    wishes_.push_back({&run, length});
    return wishes_.size() - 1;
  }

  void update(std::string_view piece) {
    for (auto& form : forms_) {
      scratch_.clear();
      form.canonicalizer.update(piece, scratch_);
      feed(form);
    }
  }

  void finish() {
    for (auto& form : forms_) {
      scratch_.clear();
      form.canonicalizer.finish(scratch_);
      feed(form);
    }
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

 private:
  struct Form {
    Canonicalization form;
    BodyCanonicalizer canonicalizer;
    std::uint64_t size = 0;
  };

  struct Made {
    Run* run;
    std::uint64_t length;
  };

  Run& run_for(Canonicalization form, Hash hash) {
    for (auto& run : runs_)
      if (run.form == form && run.hash == hash) return run;
    if (std::ranges::find(forms_, form, &Form::form) == forms_.end())
      forms_.push_back({form, BodyCanonicalizer(form)});
    return runs_.emplace_back(form, hash);
  }

  void feed(Form& form) {
    form.size += scratch_.size();
    for (auto& run : runs_)
      if (run.form == form.form) run.update(scratch_);
  }

  std::vector<Form> forms_;
  std::deque<Run> runs_;  // which stay where they are
  std::vector<Made> wishes_;
  std::string scratch_;
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

std::uint64_t BodyHasher::canonical_size(Canonicalization form) const {
  return impl_->canonical_size(form);
}

std::string hash(Hash kind, std::string_view octets) {
  State state(kind);
  state.update(octets);
  return state.digest();
}

}  // namespace mailtrust::dkim
