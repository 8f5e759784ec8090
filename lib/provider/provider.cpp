#include "provider/provider.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "provider/pattern.hpp"

namespace mailtrust::provider {
namespace {

constexpr Provider kProviders[] = {
#include "provider/providers.inc"
};

// How well a name fits a row, the best first: the documented name or pattern, a name below it, the
// operator's domain alone.
enum Fit { exact, below, same_domain, none };

struct Found {
  Fit fit = none;
  std::size_t length = 0;  // of the pattern: of two suffixes the longer one says more
  std::vector<Capture> captures = {};
};

std::string normalized(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return ascii::to_lower(name);
}

bool is_below(std::string_view name, std::string_view suffix) {
  if (!suffix.starts_with('.') && name.size() > suffix.size() &&
      name[name.size() - suffix.size() - 1] != '.')
    return false;
  return name.size() > suffix.size() && ascii::iends_with(name, suffix);
}

// The last two labels. No name in the table lies directly below a public suffix of two labels, so
// this is the domain its operator registered.
std::string_view registered_domain(std::string_view name) {
  auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return name;
  dot = name.rfind('.', dot - 1);
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

// A name below what follows the last placeholder fits too, unless that is the operator's domain
// alone.
Found fit(std::string_view pattern, std::string_view name) {
  // Whatever fits is of the same operator's domain; most rows are out by its last letter.
  if (pattern.empty() || name.empty() || pattern.back() != name.back()) return {};
  auto tail = literal_tail(pattern);
  auto domain = registered_domain(tail);
  if (!ascii::iequals(domain, registered_domain(name))) return {};
  if (auto captures = match(pattern, name)) return {exact, pattern.size(), std::move(*captures)};
  bool telling = tail.size() == pattern.size() || tail.size() > domain.size() + 1;
  if (telling && is_below(name, tail)) return {below, tail.size()};
  return {same_domain, 0};
}

bool better(const Found& a, const Found& b) {
  return a.fit != b.fit ? a.fit < b.fit : a.length > b.length;
}

Found best_fit(std::string_view patterns, std::string_view name) {
  Found best;
  if (patterns.empty()) return best;
  for (auto pattern : ascii::split(patterns, ' ')) {
    auto found = fit(pattern, name);
    if (better(found, best)) best = std::move(found);
  }
  return best;
}

// The rows that fit best, `worst` being the loosest fit that still tells something.
std::vector<Match> search(std::string_view Provider::*column, std::string_view text, Fit worst) {
  auto name = normalized(text);
  std::vector<Match> matches;
  Found best;
  for (const auto& provider : kProviders) {
    auto found = best_fit(provider.*column, name);
    if (found.fit > worst || better(best, found)) continue;
    if (better(found, best)) matches.clear();
    bool probably = found.fit == same_domain || provider.evidence == "K";
    matches.push_back({&provider, probably, found.captures});
    best = std::move(found);
  }
  return matches;
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::mailbox: return "mailbox";
    case Kind::hosting: return "hosting";
    case Kind::security: return "security";
    case Kind::esp: return "esp";
  }
  return "mailbox";
}

std::span<const Provider> all() {
  return kProviders;
}

const Provider* by_id(std::string_view id) {
  for (const auto& provider : kProviders)
    if (ascii::iequals(provider.id, id)) return &provider;
  return nullptr;
}

std::vector<Match> by_spf_include(std::string_view name) {
  return search(&Provider::spf, name, same_domain);
}

std::vector<Match> by_mx(std::string_view host) {
  return search(&Provider::mx, host, below);
}

std::vector<Match> by_host(std::string_view host) {
  for (auto column : {&Provider::mx, &Provider::spf, &Provider::dkim_targets})
    if (auto matches = search(column, host, same_domain); !matches.empty()) return matches;
  return {};
}

std::vector<Match> by_dkim_target(std::string_view target) {
  return search(&Provider::dkim_targets, target, same_domain);
}

const Provider* by_wrong_spf(std::string_view name) {
  auto wrong = normalized(name);
  if (wrong.empty()) return nullptr;
  auto found = std::ranges::find(kProviders, wrong, &Provider::wrong_spf);
  return found == std::end(kProviders) ? nullptr : &*found;
}

std::vector<std::string> selectors(const Match& match) {
  std::vector<std::string> filled;
  if (match.provider->selectors.empty()) return filled;
  for (auto pattern : ascii::split(match.provider->selectors, ' '))
    if (auto selector = fill(pattern, match.captures)) filled.push_back(std::move(*selector));
  return filled;
}

}  // namespace mailtrust::provider
