// ARC sets (RFC 8617 section 4): put together, and judged where no key is to be had.
#include "arc/chain.hpp"
#include "arc/sets.hpp"
#include "base/limits.hpp"
#include "dns/resolver.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

class NoKeys final : public dns::Resolver {
 public:
  explicit NoKeys(dns::Status status) : status_(status) {}

  dns::AnswerPtr query(const dns::Question& question) override {
    dns::Answer answer;
    answer.status = status_;
    answer.failure = status_ == dns::Status::failed ? dns::Failure::timeout : dns::Failure::none;
    answer.canonical = question.name;
    return std::make_shared<const dns::Answer>(std::move(answer));
  }

 private:
  dns::Status status_;
};

void require_sealed(const arc::Gathered& gathered) {
  std::string earlier;
  for (const auto& set : gathered.sets) {
    auto octets = arc::sealed_octets(earlier, set);
    require(octets.starts_with(earlier) && octets.size() > earlier.size(),
            "seals cover each other");
    require(!octets.ends_with("\r\n"), "without the last line end");
    arc::append_set(earlier, set);
    require(!arc::results_of(*set.results).starts_with("\r\n"), "results are on one line");
  }
}

void require_sound(const arc::Gathered& gathered) {
  require(gathered.sets.size() <= limits::kArcSets, "no more sets than the limit");
  require(gathered.any || (gathered.sets.empty() && !gathered.fault), "nothing of nothing");
  require(!gathered.any || !gathered.sets.empty() || gathered.fault, "something, or a fault");
  unsigned before = 0;
  for (const auto& set : gathered.sets) {
    require(set.instance > before && set.instance <= limits::kArcSets, "by instance");
    bool whole = set.results != nullptr && set.message_signature != nullptr && set.seal != nullptr;
    require(gathered.fault || (whole && set.instance == before + 1), "whole, or a fault");
    before = set.instance;
  }
  if (!gathered.fault) require_sealed(gathered);
}

void judge(const message::Header& header, const arc::Gathered& gathered, dns::Status status) {
  NoKeys resolver(status);
  dkim::BodyHasher hasher;
  arc::Validator validator(header, hasher, resolver);
  hasher.update("body\r\n");
  hasher.finish();
  auto chain = validator.finish();
  require((chain.result == arc::Result::none) == !gathered.any, "none is for none");
  require(chain.result != arc::Result::pass, "nothing passes without a key");
  require(!gathered.fault || chain.result == arc::Result::fail, "what is not whole fails");
  require(chain.result == arc::Result::none || !chain.reason.empty(), "and says why");
  require(chain.result != arc::Result::temperror || status == dns::Status::failed,
          "what is not there is known not to be");
}

}  // namespace

MAILTRUST_FUZZ(arc_header, octets) {
  auto mode = fuzz::take(octets);
  auto header = message::Header::parse(octets);
  auto gathered = arc::gather(header);
  require_sound(gathered);
  if (gathered.any)
    judge(header, gathered, (mode & 1U) != 0 ? dns::Status::failed : dns::Status::nxdomain);
}
