#include "verify/verify.hpp"

#include <utility>

#include "base/limits.hpp"
#include "base/of_thread.hpp"
#include "verify/fields.hpp"
#include "verify/spf.hpp"

namespace mailtrust::verify {
namespace {

/// A larger buffer is not kept for the next message.
constexpr std::size_t kSpare = 256U << 10;

// A buffer passes from one message of a thread to the next: fresh memory costs more than a message.
std::string& spare_body() {
  struct Spare;
  return of_thread<Spare, std::string>();
}

// The body as far as it is small enough to be looked at again.
class KeptBody {
 public:
  explicit KeptBody(bool wanted) : whole_(wanted), octets_(std::exchange(spare_body(), {})) {
    octets_.clear();
  }

  KeptBody(const KeptBody&) = delete;
  KeptBody& operator=(const KeptBody&) = delete;

  ~KeptBody() {
    if (octets_.capacity() <= kSpare) spare_body() = std::move(octets_);
  }

  void add(std::string_view piece) {
    if (!whole_) return;
    whole_ = octets_.size() + piece.size() <= limits::kBodyKept;
    if (whole_) {
      octets_ += piece;
    } else {
      octets_ = {};
    }
  }

  [[nodiscard]] std::optional<std::string_view> octets() const {
    if (!whole_) return std::nullopt;
    return octets_;
  }

 private:
  bool whole_;
  std::string octets_;
};

Expected<void> read_body(message::Reader& reader, dkim::Verifier& verifier, KeptBody& kept) {
  while (true) {
    auto piece = reader.body();
    if (!piece) return fail(piece.error());
    if (piece->empty()) return {};
    verifier.body(*piece);
    kept.add(*piece);
  }
}

void explain(Outcome& outcome, std::optional<std::string_view> body) {
  for (std::size_t i = 0; i < outcome.dkim.size(); ++i)
    if (outcome.dkim[i].result == dkim::Result::fail)
      outcome.explanations.push_back({i, dkim::diagnose(outcome.header, outcome.dkim[i], body)});
}

void evaluate_dmarc(dns::Resolver& resolver, Outcome& outcome) {
  std::optional<dmarc::SpfIdentity> spf;
  if (outcome.spf) spf = {outcome.spf->outcome.result, checked_identity(*outcome.spf).domain};
  outcome.dmarc = dmarc::evaluate(resolver, outcome.header, outcome.dkim, spf);
}

// What the receiving server is called when nobody says: as it called itself.
std::string authserv_id(const Options& options, const Outcome& outcome) {
  if (!options.authserv_id.empty()) return options.authserv_id;
  return outcome.handover.by.empty() ? "localhost" : outcome.handover.by;
}

}  // namespace

Expected<Outcome> verify(message::Reader& reader, dns::Resolver& resolver, const Options& options) {
  auto header = reader.header();
  if (!header) return fail(header.error());
  Outcome outcome;
  outcome.header = std::move(*header);

  dkim::Verifier verifier(outcome.header, resolver, options.now);
  arc::Validator validator(outcome.header, verifier.hasher(), resolver);
  dmarc::prefetch(resolver, outcome.header);
  bool may_fail = options.diagnose && outcome.header.find("DKIM-Signature") != nullptr;
  KeptBody kept(may_fail);
  if (auto read = read_body(reader, verifier, kept); !read) return fail(read.error());

  outcome.dkim = verifier.finish();
  outcome.signatures_passed_over = verifier.passed_over();
  outcome.line_ends = verifier.hasher().line_ends();
  outcome.arc = validator.finish();
  outcome.handover = received::find_handover(outcome.header, options.trusted);
  check_spf(resolver, options, outcome);
  evaluate_dmarc(resolver, outcome);
  if (options.diagnose) explain(outcome, kept.octets());

  auto id = authserv_id(options, outcome);
  outcome.claims = authres::claims(outcome.header, id);
  outcome.authentication_results = authres::format(id, statements(outcome));
  outcome.received_spf = received_spf(outcome, id);
  return outcome;
}

}  // namespace mailtrust::verify
