// The addresses of From and To (RFC 5322 section 3.4): what is written out reads as itself.
#include <string>

#include "fuzz/target.hpp"
#include "message/address.hpp"

using namespace mailtrust;
using fuzz::require;
using message::AddressList;

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string printed(const AddressList& list) {
  std::string text;
  for (const auto& address : list.addresses) {
    if (!text.empty()) text += ", ";
    text += '<' + quoted(address.local) + '@' + address.domain + '>';
  }
  return text;
}

void check_columns(const AddressList& list, std::size_t octets) {
  std::size_t column = 0;
  for (const auto& fault : list.faults) {
    require(fault.column >= column && fault.column <= octets + 1, "faults stand in their order");
    require(!fault.message.empty(), "a fault says what it is");
    column = fault.column;
  }
  for (const auto& address : list.addresses)
    require(address.column >= 1 && address.column <= octets + 1, "an address is in the value");
}

}  // namespace

MAILTRUST_FUZZ(address_list, octets) {
  auto list = message::parse_addresses(octets);
  require(list.faults.size() <= 101, "a hundred faults are enough");
  require(list.addresses.size() <= octets.size() / 3 + 1, "an address takes three octets");
  check_columns(list, octets.size());
  if (!list.faults.empty() || list.addresses.empty()) return;
  auto again = message::parse_addresses(printed(list));
  require(again.faults.empty(), "what was printed has no fault");
  require(again.addresses.size() == list.addresses.size(), "and as many addresses");
  for (std::size_t i = 0; i < list.addresses.size(); ++i) {
    require(again.addresses[i].local == list.addresses[i].local, "and the same local parts");
    require(again.addresses[i].domain == list.addresses[i].domain, "and the same domains");
  }
}
