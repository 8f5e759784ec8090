#include "list/entry.hpp"

#include <bit>

#include "list/line.hpp"

namespace mailtrust::list {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::address: return "address";
    case Kind::prefix: return "prefix";
    case Kind::range: return "range";
    case Kind::mailbox: return "mailbox";
    case Kind::domain: return "domain";
  }
  return "address";
}

std::string_view to_string(Verdict verdict) {
  return verdict == Verdict::allow ? "allow" : "deny";
}

int Block::prefix_length() const {
  auto mask = first ^ last;  // a prefix: host bits, and all of them
  if ((mask & (mask + 1)) != 0 || (first & mask) != 0 || (last & mask) != mask) return -1;
  auto high = static_cast<std::uint64_t>(mask >> 64);
  auto low = static_cast<std::uint64_t>(mask);
  return static_cast<int>(width(family)) - std::popcount(high) - std::popcount(low);
}

Block block_of(const net::Address& address) {
  auto value = net::value_of(address);
  return {address.family(), value, value};
}

Block block_of(const net::Prefix& prefix) {
  return {prefix.address.family(), net::value_of(prefix.first()), net::value_of(prefix.last())};
}

Expected<Entry> Entry::parse(std::string_view text) {
  auto line = read_line(text);
  bool alone = text.find(';') == std::string_view::npos;
  if (line.content == Line::Content::entry && alone) return entry_of(line);
  if (line.content == Line::Content::fault)
    return fail(Error::Kind::input, "", diagnose(text).message);
  return fail(Error::Kind::input, "",
              alone ? "no entry; expected an address, a prefix, a range, user@domain or @domain"
                    : "a comment has no place here; expected an entry alone");
}

std::string to_string(const Block& block) {
  auto text = net::to_string(net::address_of(block.family, block.first));
  if (block.first == block.last) return text;
  if (auto length = block.prefix_length(); length >= 0) return text + '/' + std::to_string(length);
  return text + '-' + net::to_string(net::address_of(block.family, block.last));
}

std::string to_string(const Entry& entry) {
  // Without brackets it would be a comment.
  if (entry.kind == Kind::mailbox && entry.name.starts_with('#')) return '<' + entry.name + '>';
  if (entry.kind == Kind::mailbox) return entry.name;
  if (entry.kind == Kind::domain) return '@' + entry.name;
  return to_string(entry.block);
}

}  // namespace mailtrust::list
