#include "list/dnsxl.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/escape.hpp"
#include "base/number.hpp"

namespace mailtrust::list::dnsxl {
namespace {

using net::Family;
using net::Uint128;

constexpr std::size_t kMostString = 255;
constexpr std::string_view kTestComment = "test entry (RFC 5782 section 5)";
constexpr Uint128 kMapped = static_cast<Uint128>(0xffff) << 32;
constexpr std::array kTestOwners = {Owner{0x7f000002, Family::v4, 4},
                                    Owner{kMapped | 0x7f000002, Family::v6, 32}};

// RFC 5782 section 5: an entry for it would mean that the zone lists the whole world.
constexpr Uint128 never_listed(Family family) {
  return family == Family::v4 ? 0x7f000001 : kMapped | 0x7f000001;
}

// Can names of the other family lie below it? IPv4 names have four labels, so it has fewer, and
// what is a number of one digit can be an octet as well as a nibble.
bool is_shared(const Owner& owner) {
  if (owner.labels >= most_labels(Family::v4)) return false;
  for (unsigned i = 0; i < owner.labels; ++i)
    if (label(owner, i) > 9) return false;
  return true;
}

/// A name that a source asks for.
struct Node {
  Owner owner;
  std::size_t source = 0;
};

// Collects the names, then works out what each existing one does to those around it.
class Zone {
 public:
  Zone(std::span<const Source> sources, std::size_t most) : sources_(sources), most_(most) {
    nodes_.reserve(std::min(sources.size(), most));
  }

  // False when there are too many.
  bool add(std::size_t source) {
    auto block = sources_[source].block;
    auto never = never_listed(block.family);
    if (never < block.first || never > block.last) return add_block(block, source);
    return (never == block.first || add_block({block.family, block.first, never - 1}, source)) &&
           (never == block.last || add_block({block.family, never + 1, block.last}, source));
  }

  bool add(const Owner& owner, std::size_t source) {
    if (owner.is_wildcard() && is_shared(owner))
      return add_children(owner, owner.labels + 1, source);
    nodes_.push_back({owner, source});
    // The same name may be asked for twice, so there may be more before they are sorted out.
    return nodes_.size() <= 2 * most_;
  }

  std::optional<std::vector<Listing>> finish() {
    // Room that is not used costs nothing; growing would hold everything twice.
    out_.reserve(nodes_.size());
    std::ranges::sort(nodes_, [&](const Node& a, const Node& b) { return is_before(a, b); });
    for (const auto& node : nodes_) {
      if (last_ && last_->owner == node.owner) continue;
      last_ = node;
      place(node);
      if (out_.size() > most_) return std::nullopt;
    }
    return std::move(out_);
  }

 private:
  bool add_block(const Block& block, std::size_t source) {
    auto width = net::width(block.family);
    for (auto first = block.first;;) {
      unsigned open = 0;
      while (open < width && (first & low_bits(open + 1)) == 0 &&
             low_bits(open + 1) <= block.last - first)
        ++open;
      if (!add_prefix(block.family, first, open, source)) return false;
      auto last = first | low_bits(open);
      if (last >= block.last) return true;
      first = last + 1;
    }
  }

  // Up to the next border a prefix is written as the names it is made of.
  bool add_prefix(Family family, Uint128 first, unsigned open, std::size_t source) {
    auto labels = most_labels(family) - open / unit(family);
    Owner top{first, family, static_cast<std::uint8_t>(labels)};
    auto border = open_bits(family, labels);
    for (Uint128 last = first | low_bits(open);; top.first += Uint128{1} << border) {
      if (!add(top, source)) return false;
      if ((top.first | low_bits(border)) == last) return true;
    }
  }

  bool add_children(const Owner& owner, unsigned labels, std::size_t source) {
    auto step = Uint128{1} << open_bits(owner.family, labels);
    Owner child{owner.first, owner.family, static_cast<std::uint8_t>(labels)};
    for (unsigned i = 0; i <= low_bits(unit(owner.family)); ++i, child.first += step)
      if (!add(child, source)) return false;
    return true;
  }

  [[nodiscard]] bool is_before(const Node& a, const Node& b) const {
    if (a.owner != b.owner) return a.owner < b.owner;
    auto wide = size(a);
    auto other = size(b);
    return wide != other ? wide < other : a.source < b.source;
  }

  // Test entries come after the sources and give way to any of them.
  [[nodiscard]] Uint128 size(const Node& node) const {
    if (node.source >= sources_.size()) return ~Uint128{0};
    const auto& block = sources_[node.source].block;
    return block.last - block.first;
  }

  [[nodiscard]] std::string_view comment(const Node& node) const {
    return node.source < sources_.size() ? sources_[node.source].comment : kTestComment;
  }

  void place(const Node& node) {
    while (!covers_.empty() && !is_at_or_below(node.owner, covers_.back().owner))
      covers_.pop_back();
    if (!covers_.empty()) {
      bool says_more = comment(covers_.back()) != comment(node) || is_test_entry(node.owner);
      if (!says_more) return;
      bridge(covers_.back(), node.owner);
    }
    out_.push_back({node.owner, comment(node)});
    placed_ = node.owner;
    covers_.push_back(node);
  }

  // RFC 4592 section 3.3.1: the closest name that exists decides, and the names between cover and
  // owner now do.
  void bridge(const Node& cover, const Owner& owner) {
    for (unsigned labels = cover.owner.labels + 1U; labels < owner.labels; ++labels) {
      auto between = above(owner, labels);
      if (placed_ && is_at_or_below(*placed_, between)) continue;
      out_.push_back({between, comment(cover)});
    }
  }

  std::span<const Source> sources_;
  std::size_t most_;
  std::vector<Node> nodes_;
  std::vector<Node> covers_;
  std::optional<Node> last_;
  std::optional<Owner> placed_;
  std::vector<Listing> out_;
};

// The end of the first `most` octets or a little before, so that no character is cut in two.
std::size_t cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  auto end = most;
  while (end > most - 4 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return end;
}

}  // namespace

Expected<std::vector<Listing>> listings(std::span<const Source> sources, std::size_t most) {
  Zone zone(sources, most);
  bool fits = true;
  for (std::size_t i = 0; i < sources.size() && fits; ++i) fits = zone.add(i);
  for (const auto& owner : kTestOwners) fits = fits && zone.add(owner, sources.size());
  auto made = fits ? zone.finish() : std::nullopt;
  if (made) return std::move(*made);
  return fail(Error::Kind::input, "",
              "takes more than " + grouped(most) +
                  " names, the most that a zone may have: prefixes that end at an octet (IPv4) or "
                  "a nibble (IPv6) take one name each");
}

bool is_test_entry(const Owner& owner) {
  return std::ranges::find(kTestOwners, owner) != kTestOwners.end();
}

std::vector<std::string> text_strings(std::string_view comment) {
  std::string whole(comment);
  if (whole.size() > kMostText) whole = whole.substr(0, cut(whole, kMostText - 12)) + "...";
  std::vector<std::string> strings;
  for (std::string_view rest = whole; !rest.empty();) {
    auto end = cut(rest, kMostString);
    strings.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return strings;
}

Expected<net::Address> parse_code(std::string_view text) {
  auto address = net::Address::read(text);
  bool good = address && address->is_v4() && address->to_v4_value() >> 24 == 127 &&
              address->to_v4_value() > 0x7f000001;
  if (good) return *address;
  return fail(Error::Kind::usage, "",
              quote(text) + ": expected an address from 127.0.0.2 to 127.255.255.255");
}

}  // namespace mailtrust::list::dnsxl
