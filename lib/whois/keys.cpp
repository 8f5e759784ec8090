#include "whois/keys.hpp"

#include <string>
#include <unordered_map>

#include "base/ascii.hpp"

namespace mailtrust::whois {
namespace {

using registration::Role;

constexpr Key kKeys[] = {
#include "whois/keys.inc"
};

constexpr std::size_t kLongestKey = 64;

/// Letters in lower case, digits, and octets above ASCII.
std::string plain(std::string_view name) {
  std::string result;
  for (char c : name)
    if (ascii::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80U) result += ascii::lower(c);
  return result;
}

const std::unordered_map<std::string, const Key*>& table() {
  static const auto keys = [] {
    std::unordered_map<std::string, const Key*> result;
    for (const auto& key : kKeys) result.emplace(plain(key.name), &key);
    return result;
  }();
  return keys;
}

}  // namespace

std::span<const Key> keys() {
  return kKeys;
}

const Key* find_key(std::string_view name) {
  if (name.size() > kLongestKey) return nullptr;
  auto found = table().find(plain(name));
  return found == table().end() ? nullptr : found->second;
}

}  // namespace mailtrust::whois
