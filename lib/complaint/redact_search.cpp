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
  constexpr std::string_view kSeparators[] = {"@", "=", "%40", "&#64;", "&#x40;", "&commat;"};
  for (auto separator : kSeparators)
    if (ascii::istarts_with(text, separator)) return separator.size();
  return 0;
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
  auto lower = ascii::to_lower(mailbox);
  longest_domain_ = std::max(longest_domain_, lower.size() - at - 1);
  locals_[lower.substr(at + 1)].emplace(lower.substr(0, at), replacement_(lower));
}

void AddressSearch::add_domain(std::string_view domain) {
  longest_domain_ = std::max(longest_domain_, domain.size());
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

// The longest domain with such a mailbox that the name is, or goes on behind: in
// "ann@example.org.pdf" she can be read all the same.
AddressSearch::Local AddressSearch::find_local(std::string_view before,
                                               std::string_view name) const {
  auto end = name.size();
  if (end > longest_domain_) end = name.rfind('.', longest_domain_);
  while (end != std::string_view::npos && end > 0) {
    std::string domain(name.substr(0, end));
    if (auto size = local_before(before, domain); size > 0) return {size, std::move(domain)};
    end = name.rfind('.', end - 1);
  }
  return {};
}

std::string AddressSearch::token_of(const std::string& local, const std::string& domain) const {
  if (auto known = locals_.find(domain); known != locals_.end())
    if (auto found = known->second.find(local); found != known->second.end()) return found->second;
  return replacement_(local + '@' + domain);
}

std::string AddressSearch::replace(std::string_view text, std::size_t& count) const {
  std::string out;
  std::size_t copied = 0;
  constexpr std::string_view kBegins = "@=%&";
  for (auto at = text.find_first_of(kBegins); at != std::string_view::npos;
       at = text.find_first_of(kBegins, at + 1)) {
    auto separator = separator_at(text.substr(at));
    if (separator == 0 || at + separator == text.size()) continue;
    if (!in_domain(text[at + separator])) continue;
    auto before = text.substr(copied, at - copied);
    auto [size, domain] = find_local(before, domain_at(text.substr(at + separator)));
    if (size == 0) continue;
    auto local = ascii::to_lower(before.substr(before.size() - size));
    out.append(before.substr(0, before.size() - size)).append(token_of(local, domain));
    copied = at;
    ++count;
  }
  return out.append(text.substr(copied));
}

}  // namespace mailtrust::complaint
