#include "rdap/bootstrap.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "json/value.hpp"
#include "net/special_purpose.hpp"
#include "registration/blocks.hpp"

namespace mailtrust::rdap {
namespace {

constexpr std::size_t kMaxUrl = 2048;

// The first https URL of a service, with the slash that RFC 9224 section 3 asks for.
std::string base_of(const json::Value& urls) {
  for (const auto& url : urls.items()) {
    auto text = url.text();
    if (!ascii::istarts_with(text, "https://") || text.size() > kMaxUrl) continue;
    return std::string(text) + (text.ends_with('/') ? "" : "/");
  }
  return {};
}

bool is_same_prefix(const Service& a, const Service& b) {
  return a.prefix == b.prefix;
}

bool is_same_length(const net::Prefix& a, const net::Prefix& b) {
  return a.length == b.length && a.address.family() == b.address.family();
}

}  // namespace

const Bootstrap& Bootstrap::built_in() {
  static const Bootstrap kBuiltIn = [] {
    Bootstrap out;
    for (const auto& block : registration::blocks())
      out.insert(*net::Prefix::read(block.prefix),
                 registration::regional_registry(block.registry).rdap);
    out.published_ = std::min(registration::kBlocksPublishedV4, registration::kBlocksPublishedV6);
    out.put_in_order();
    return out;
  }();
  return kBuiltIn;
}

Expected<Bootstrap> Bootstrap::parse(std::string_view json) {
  auto root = json::parse(json);
  auto no_file = [](const std::string& message) {
    return fail(Error::Kind::temporary, {}, "not a bootstrap file (RFC 9224): " + message);
  };
  if (!root) return no_file(root.error().where + ": " + root.error().message);
  if (!(*root)["version"].text().starts_with("1.")) return no_file("no version 1");
  Bootstrap out;
  for (const auto& service : (*root)["services"].items()) {
    const auto& parts = service.items();
    auto base = parts.size() < 2 ? std::string() : base_of(parts[1]);
    if (base.empty()) continue;
    for (const auto& entry : parts[0].items())
      if (auto prefix = net::Prefix::read(entry.text())) out.insert(*prefix, base);
  }
  if (out.services_.empty()) return no_file("no service");
  out.published_ = (*root)["publication"].text().substr(0, 10);
  out.put_in_order();
  return out;
}

const Service* Bootstrap::find(const net::Address& address) const {
  auto plain = address.unmapped();
  if (net::special_purpose(plain) != nullptr) return nullptr;
  for (const auto& length : lengths_) {
    if (length.address.family() != plain.family()) continue;
    net::Prefix wanted{net::Prefix{plain, length.length}.first(), length.length};
    auto found = std::ranges::lower_bound(services_, wanted, {}, &Service::prefix);
    if (found != services_.end() && found->prefix == wanted) return &*found;
  }
  return nullptr;
}

void Bootstrap::add(const Bootstrap& other) {
  // In front: of equal prefixes the first is kept.
  services_.insert(services_.begin(), other.services_.begin(), other.services_.end());
  if (published_.empty() || (!other.published_.empty() && other.published_ < published_))
    published_ = other.published_;
  put_in_order();
}

void Bootstrap::replace(const Bootstrap& other) {
  std::erase_if(services_, [&](const Service& service) {
    return std::ranges::any_of(other.lengths_, [&](const net::Prefix& length) {
      return length.address.family() == service.prefix.address.family();
    });
  });
  if (services_.empty()) published_.clear();
  add(other);
}

void Bootstrap::insert(net::Prefix prefix, std::string_view base) {
  services_.push_back({{prefix.first(), prefix.length}, std::string(base)});
}

void Bootstrap::put_in_order() {
  std::ranges::stable_sort(services_, {}, &Service::prefix);
  services_.erase(std::unique(services_.begin(), services_.end(), is_same_prefix), services_.end());
  lengths_.clear();
  std::ranges::transform(services_, std::back_inserter(lengths_), &Service::prefix);
  std::ranges::sort(lengths_, std::ranges::greater{}, [](const net::Prefix& prefix) {
    return std::pair(prefix.length, prefix.address.family());
  });
  lengths_.erase(std::unique(lengths_.begin(), lengths_.end(), is_same_length), lengths_.end());
}

}  // namespace mailtrust::rdap
