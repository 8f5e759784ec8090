// A From that a list put itself into, and address lists that software wrote anew.

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dkim/damage/header_suspects.hpp"
#include "dkim/damage/kinds.hpp"
#include "message/address.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kQuoted = 60;
constexpr std::size_t kMostAddresses = 50;
constexpr std::size_t kLongestValue = 8000;

Damage from_damage(std::string_view value) {
  return make("from-rewritten", "would verify with From: " + quote(ascii::trim(value), kQuoted) +
                                    ": the From field was rewritten on the way");
}

std::string at_sign(const message::Address& address) {
  return address.local + "@" + address.domain;
}

// "'Ann Example' via Some List" was "Ann Example".
std::string_view without_via(std::string_view name) {
  auto via = name.find(" via ");
  if (via == std::string_view::npos) via = name.find(" (via ");
  if (via == std::string_view::npos) via = name.find(" on behalf of ");
  if (via != std::string_view::npos) name = name.substr(0, via);
  if (name.size() >= 2 && name.starts_with('\'') && name.ends_with('\''))
    name = name.substr(1, name.size() - 2);
  return ascii::trim(name);
}

std::vector<std::string> writings(std::string_view name, const std::string& address) {
  std::string text(name);
  std::vector<std::string> all = {address, "<" + address + ">"};
  if (!text.empty())
    all.insert(all.begin(), {text + " <" + address + ">", "\"" + text + "\" <" + address + ">"});
  return all;
}

// What lists keep the author in while they put themselves into From.
void suspect_from(SuspectList& list, const message::Header& header) {
  auto group = list.find("from");
  if (!group || !list.draft().groups()[*group].is_signed()) return;
  for (std::string_view name :
       {"X-Original-From", "Original-From", "X-Original-Sender", "X-From", "Reply-To", "Author"})
    if (const auto* field = header.find(name);
        field != nullptr && field->value.size() < kLongestValue)
      list.value(*group, 0, field->value, from_damage(field->value), 0);

  auto now = message::parse_addresses(split_field(list.draft().groups()[*group].fields[0]).value);
  if (now.addresses.size() != 1) return;
  for (std::string_view name : {"Reply-To", "X-Original-Sender", "Cc"}) {
    const auto* field = header.find(name);
    if (field == nullptr || field->value.size() >= kLongestValue) continue;
    auto then = message::parse_addresses(field->value);
    if (then.addresses.empty()) continue;
    // A list that has an address of its own in Reply-To puts the author's beside it.
    for (const auto* address : {&then.addresses.front(), &then.addresses.back()})
      for (auto display_name :
           {without_via(now.addresses[0].display_name), std::string_view(address->display_name)})
        for (const auto& value : writings(display_name, at_sign(*address)))
          list.value(*group, 0, " " + value, from_damage(value), 1);
  }
}

std::string joined(const std::vector<message::Address>& addresses, bool quoted) {
  std::string value;
  for (const auto& address : addresses) {
    value += value.empty() ? " " : ", ";
    value += address.display_name.empty()
                 ? at_sign(address)
                 : writings(address.display_name, at_sign(address))[quoted ? 1 : 0];
  }
  return value;
}

std::string spaced(std::string_view value, std::string_view after_comma) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    out += value[i];
    if (value[i] != ',') continue;
    out += after_comma;
    i = std::min(value.find_first_not_of(" \t\r\n", i + 1), value.size()) - 1;
  }
  return out;
}

std::string without(std::string_view value, std::string_view octets) {
  std::string out;
  for (char c : value)
    if (octets.find(c) == std::string_view::npos) out += c;
  return out;
}

void suspect_writing(SuspectList& list, std::size_t group) {
  const auto& fields = list.draft().groups()[group];
  if (!fields.is_signed()) return;
  auto value = split_field(fields.fields.front()).value;
  if (value.size() > kLongestValue) return;
  auto suspect = [&](const std::string& then) {
    list.value(group, 0, then,
               make("addresses-rewritten", "would verify with " + fields.written + ": " +
                                               quote(ascii::trim(then), kQuoted) +
                                               ": the addresses were written anew"),
               2);
  };
  suspect(spaced(value, " "));
  suspect(spaced(value, ""));
  suspect(without(value, "\""));
  auto parsed = message::parse_addresses(value);
  if (!parsed.faults.empty() || parsed.addresses.empty() || !parsed.groups.empty() ||
      parsed.addresses.size() > kMostAddresses)
    return;
  suspect(joined(parsed.addresses, false));
  suspect(joined(parsed.addresses, true));
  if (parsed.addresses.size() == 1) {
    suspect(" " + at_sign(parsed.addresses.front()));
    suspect(" <" + at_sign(parsed.addresses.front()) + ">");
  }
}

}  // namespace

void suspect_addresses(SuspectList& list, const message::Header& header) {
  suspect_from(list, header);
  for (std::string_view name : {"from", "to", "cc", "reply-to", "sender"})
    if (auto group = list.find(name)) suspect_writing(list, *group);
}

}  // namespace mailtrust::dkim::damage
