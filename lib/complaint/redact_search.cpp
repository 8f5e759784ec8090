#include "complaint/redact_search.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::complaint {
namespace {

constexpr std::size_t kLongestDomain = 255;
constexpr std::size_t kLongestLocal = 64;

bool in_domain(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_';
}

bool in_local(char c) {
  return ascii::is_alnum(c) || std::string_view("!#$&'*+-.^_`{|}~").find(c) != std::string::npos;
}

// The octets of what may stand between local part and domain; 0: nothing of the kind.
std::size_t separator_at(std::string_view text) {
  if (text.front() == '@' || text.front() == '=') return 1;
  return text.starts_with("%40") ? 3 : 0;
}

// The host name at the start, in lower case, without what ends a sentence.
std::string domain_at(std::string_view text) {
  auto end = std::ranges::find_if_not(text.substr(0, kLongestDomain + 1), in_domain);
  auto size = static_cast<std::size_t>(end - text.substr(0, kLongestDomain + 1).begin());
  auto run = text.substr(0, size);
  while (!run.empty() && !ascii::is_alnum(run.back())) run.remove_suffix(1);
  return ascii::to_lower(run);
}

}  // namespace

void AddressSearch::add_mailbox(std::string_view mailbox) {
  auto at = mailbox.rfind('@');
  if (at == std::string_view::npos || at == 0) return;
  auto& locals = locals_[ascii::to_lower(mailbox.substr(at + 1))];
  auto local = ascii::to_lower(mailbox.substr(0, at));
  if (std::ranges::find(locals, local) != locals.end()) return;
  locals.push_back(std::move(local));
  // The longest one that fits is meant: "ann.b" and not "b".
  std::ranges::stable_sort(locals, std::ranges::greater{}, &std::string::size);
}

void AddressSearch::add_domain(std::string_view domain) {
  domains_.insert(ascii::to_lower(domain));
}

std::size_t AddressSearch::local_before(std::string_view before, const std::string& domain) const {
  if (auto found = locals_.find(domain); found != locals_.end()) {
    for (const auto& local : found->second) {
      if (!ascii::iends_with(before, local)) continue;
      auto rest = before.substr(0, before.size() - local.size());
      if (rest.empty() || !ascii::is_alnum(rest.back())) return local.size();
    }
  }
  if (!domains_.contains(domain)) return 0;
  std::size_t size = 0;
  while (size < std::min(before.size(), kLongestLocal) &&
         in_local(before[before.size() - 1 - size]))
    ++size;
  return size;
}

std::string AddressSearch::replace(std::string_view text, std::size_t& count) const {
  std::string out;
  std::size_t copied = 0;
  for (auto at = text.find_first_of("@=%"); at != std::string_view::npos;
       at = text.find_first_of("@=%", at + 1)) {
    auto separator = separator_at(text.substr(at));
    if (separator == 0) continue;
    auto domain = domain_at(text.substr(at + separator));
    if (domain.empty()) continue;
    auto before = text.substr(copied, at - copied);
    auto size = local_before(before, domain);
    if (size == 0) continue;
    auto local = ascii::to_lower(before.substr(before.size() - size));
    out.append(before.substr(0, before.size() - size)).append(replacement_(local + '@' + domain));
    copied = at;
    ++count;
  }
  return out.append(text.substr(copied));
}

}  // namespace mailtrust::complaint
