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
  locals_[ascii::to_lower(mailbox.substr(at + 1))].insert(ascii::to_lower(mailbox.substr(0, at)));
}

void AddressSearch::add_domain(std::string_view domain) {
  domains_.insert(ascii::to_lower(domain));
}

// The longest one that fits is meant: "ann.b" and not "b".
std::size_t AddressSearch::local_before(std::string_view before, const std::string& domain) const {
  auto found = locals_.find(domain);
  bool all = domains_.contains(domain);
  if (found == locals_.end() && !all) return 0;
  auto longest = std::min(before.size(), kLongestLocal);
  auto tail = ascii::to_lower(before.substr(before.size() - longest));
  std::size_t size = 0;
  while (size < longest && in_local(tail[longest - 1 - size])) ++size;
  if (all) return size;
  for (; size > 0; --size) {
    bool begins = size == before.size() || !ascii::is_alnum(before[before.size() - 1 - size]);
    if (begins && found->second.contains(std::string_view(tail).substr(longest - size)))
      return size;
  }
  return 0;
}

std::string AddressSearch::replace(std::string_view text, std::size_t& count) const {
  std::string out;
  std::size_t copied = 0;
  for (auto at = text.find_first_of("@=%"); at != std::string_view::npos;
       at = text.find_first_of("@=%", at + 1)) {
    auto separator = separator_at(text.substr(at));
    if (separator == 0 || at + separator == text.size()) continue;
    if (!in_domain(text[at + separator])) continue;
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
