#include "finding/finding.hpp"

#include <algorithm>

namespace mailtrust::finding {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "info";
  }
  return "info";
}

const Entry* find(std::string_view id) {
  auto entries = catalogue();
  auto entry = std::ranges::lower_bound(entries, id, {}, &Entry::id);
  return entry != entries.end() && entry->id == id ? &*entry : nullptr;
}

Finding make(Id id, std::string where, std::string message, std::string hint) {
  const Entry* entry = find(id.text());
  return {std::string(id.text()),        entry->severity, std::move(message), std::move(hint),
          std::string(entry->reference), std::move(where)};
}

void sort_by_harm(std::span<Finding> findings) {
  std::ranges::stable_sort(findings, {}, &Finding::severity);
}

}  // namespace mailtrust::finding
