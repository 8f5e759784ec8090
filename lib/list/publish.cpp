#include "list/publish.hpp"

#include <span>
#include <string>
#include <utility>

#include "base/number.hpp"

namespace mailtrust::list {
namespace {

using dnsxl::Change;

// A message ends before it grows over this: below 64 KiB by more than one name and a TSIG take.
constexpr std::size_t kFullUpdate = 60'000;

Expected<dns::ZoneSoa> read_zone(dns::Primary& primary, dnsxl::Difference& difference) {
  difference.reset();
  return primary.transfer(
      [&](const dns::wire::RawRecord& record) { return difference.take(record); });
}

void count(Published& published, std::span<const Change> changes) {
  for (const auto& change : changes) {
    if (is_test_entry(change.owner)) continue;
    if (change.kind == Change::Kind::add) ++published.added;
    if (change.kind == Change::Kind::change) ++published.changed;
    if (change.kind == Change::Kind::remove) ++published.removed;
  }
}

// One reading of the zone, and the updates that follow from it.
class Attempt {
 public:
  Attempt(dns::Primary& primary, const dnsxl::Difference& difference, dns::ZoneSoa version,
          const std::vector<Change>& changes, Published& published)
      : primary_(primary),
        difference_(difference),
        version_(std::move(version)),
        changes_(changes),
        published_(published) {}

  // Is the zone in step now? If it is not sure, it has to be read again.
  Expected<bool> run(const PublishProgress& progress) {
    bool is_sure = true;
    while (done_ < changes_.size()) {
      auto update = send();
      if (!update) return fail(with_progress(update.error()));
      if (*update == dns::Primary::Update::moved) return false;
      progress(done_, changes_.size());
      auto before = version_.serial;
      if (auto known = learn_version(); !known) return fail(with_progress(known.error()));
      // A step of more than one: somebody else may have changed the zone behind our update.
      if (done_ < changes_.size()) is_sure = is_sure && version_.serial - before == 1;
    }
    return is_sure;
  }

 private:
  Expected<dns::Primary::Update> send() {
    auto message = primary_.begin_update(version_);
    auto end = done_;
    for (; end < changes_.size() && message.size() < kFullUpdate; ++end)
      difference_.write(message, changes_[end]);
    auto update = primary_.update(message);
    if (!update || *update == dns::Primary::Update::moved) return update;
    count(published_, std::span(changes_).subspan(done_, end - done_));
    published_.wrote = true;
    done_ = end;
    return update;
  }

  Expected<void> learn_version() {
    auto soa = primary_.soa();
    if (!soa) return fail(soa.error());
    version_ = std::move(*soa);
    published_.serial = version_.serial;
    return {};
  }

  [[nodiscard]] Error with_progress(Error error) const {
    if (!published_.wrote) return error;
    error.message += "; " + grouped(done_) + " of " + grouped(changes_.size()) +
                     " changes are in the zone, the next run does the rest";
    return error;
  }

  dns::Primary& primary_;
  const dnsxl::Difference& difference_;
  dns::ZoneSoa version_;
  const std::vector<Change>& changes_;
  Published& published_;
  std::size_t done_ = 0;
};

// What failed while the zone was read again, after updates of an earlier reading.
Error with_what_is_done(Error error, const Published& published) {
  auto done = published.added + published.changed + published.removed;
  if (published.wrote)
    error.message += "; " + grouped(done) + " changes are in the zone, the next run does the rest";
  return error;
}

}  // namespace

bool Published::is_unchanged() const {
  return !wrote && planned.empty();
}

bool Published::is_serial_raised() const {
  auto step = serial - serial_before;
  return step != 0 && step < 0x80000000U;
}

Expected<Published> rehearse(dns::Primary& primary, dnsxl::Difference& difference) {
  auto version = read_zone(primary, difference);
  if (!version) return fail(version.error());
  Published published;
  published.serial_before = published.serial = version->serial;
  published.planned = difference.changes();
  count(published, published.planned);
  return published;
}

Expected<Published> publish(dns::Primary& primary, dnsxl::Difference& difference,
                            const PublishProgress& progress) {
  Published published;
  for (unsigned reading = 0; reading < kMostReadings; ++reading) {
    auto version = read_zone(primary, difference);
    if (!version) return fail(with_what_is_done(version.error(), published));
    if (reading == 0) published.serial_before = version->serial;
    published.serial = version->serial;
    auto changes = difference.changes();
    if (changes.empty()) return published;
    Attempt attempt(primary, difference, std::move(*version), changes, published);
    auto done = attempt.run(progress);
    if (!done) return fail(done.error());
    if (*done) return published;
  }
  auto why = "was changed by others " + std::to_string(kMostReadings) +
             " times meanwhile; try again when they are done";
  Error error{Error::Kind::temporary, to_string(primary.zone()), std::move(why)};
  return fail(with_what_is_done(std::move(error), published));
}

}  // namespace mailtrust::list
