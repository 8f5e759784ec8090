#include "spf/diff.hpp"

#include "spf/partition.hpp"

namespace mailtrust::spf {

std::optional<Change> difference(const Survey& before, const Survey& after) {
  if (before.undetermined() || after.undetermined()) return std::nullopt;
  Decisions decisions;
  auto old_partitions = partition(before, decisions);
  auto new_partitions = partition(after, decisions);
  if (!old_partitions || !new_partitions) return std::nullopt;

  const auto& was = old_partitions->front();
  const auto& is = new_partitions->front();
  auto passed = was.where(Ruling::pass);
  auto passes = is.where(Ruling::pass);
  Change change;
  change.added = passes - passed;
  change.removed = passed - passes;
  change.lookups = static_cast<std::int64_t>(after.root().total.lookups) -
                   static_cast<std::int64_t>(before.root().total.lookups);
  change.same_treatment = was == is;
  change.depends_on_message =
      !was.where(Ruling::depends).empty() || !is.where(Ruling::depends).empty();
  return change;
}

}  // namespace mailtrust::spf
