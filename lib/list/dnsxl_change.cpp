#include "list/dnsxl_change.hpp"

#include <algorithm>
#include <utility>

#include "dns/wire_message.hpp"

namespace mailtrust::list::dnsxl {
namespace {

using dns::Type;

constexpr std::uint16_t kClassAny = 255;
constexpr unsigned kWrong = 2;  // in seen_: a record set's bit, so far to the left, is a wrong one

// `*.` and 31 nibbles, or 32.
constexpr std::size_t kLongestFront = 64;

std::uint8_t bit_of(Type type) {
  return type == Type::a ? Change::kAddress : Change::kText;
}

}  // namespace

std::string text_data(std::string_view comment) {
  std::string data;
  for (const auto& text : text_strings(comment)) {
    data += static_cast<char>(text.size());
    data += text;
  }
  return data;
}

std::string_view to_string(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::add: return "add";
    case Change::Kind::change: return "change";
    case Change::Kind::remove: return "remove";
  }
  return "add";
}

Expected<Difference> Difference::make(std::span<const Listing> listings, dns::Name zone,
                                      Answer answer) {
  if (zone.is_root() || zone.wire().size() + kLongestFront > dns::kMaxName)
    return fail(Error::Kind::usage, "",
                to_string(zone) + ": expected the name of a zone of at most " +
                    std::to_string(dns::kMaxName - kLongestFront - 2) + " characters");
  return Difference(listings, std::move(zone), answer);
}

Difference::Difference(std::span<const Listing> listings, dns::Name zone, Answer answer)
    : listings_(listings),
      zone_(std::move(zone)),
      zone_labels_(zone_.label_count()),
      answer_(answer),
      seen_(listings.size()) {
  dns::wire::append_u32(code_, answer.code);
}

void Difference::reset() {
  std::ranges::fill(seen_, std::uint8_t{0});
  strangers_.clear();
}

Expected<void> Difference::take(const dns::wire::RawRecord& record) {
  if (record.type != Type::a && record.type != Type::txt) return {};
  auto labels = record.owner.labels();
  labels.resize(labels.size() - zone_labels_);
  auto owner = read_owner(labels);
  if (!owner) return {};
  auto bit = bit_of(record.type);
  auto at = std::ranges::lower_bound(listings_, *owner, {}, &Listing::owner);
  if (at != listings_.end() && at->owner == *owner) {
    auto& seen = seen_[static_cast<std::size_t>(at - listings_.begin())];
    seen = static_cast<std::uint8_t>(seen | (is_right(record, *at) ? bit : bit << kWrong));
    return {};
  }
  if (strangers_.size() == kMostStrangers)
    return fail(
        Error::Kind::temporary, to_string(zone_),
        "holds more than " + std::to_string(kMostStrangers) + " records that are not of the list");
  strangers_.push_back({*owner, bit});
  return {};
}

bool Difference::is_right(const dns::wire::RawRecord& record, const Listing& listing) const {
  const auto& wanted = record.type == Type::a ? code_ : text_data(listing.comment);
  return record.ttl == answer_.ttl && record.data == wanted;
}

std::vector<Change> Difference::changes() {
  std::vector<Change> out;
  out.reserve(listings_.size() + strangers_.size());
  add_wanted(out);
  add_strangers(out);
  return out;
}

void Difference::add_wanted(std::vector<Change>& out) const {
  for (std::size_t i = 0; i < listings_.size(); ++i) {
    const auto& listing = listings_[i];
    unsigned wanted = Change::kAddress | (listing.comment.empty() ? 0U : Change::kText);
    unsigned right = seen_[i] & (Change::kAddress | Change::kText);
    unsigned wrong = seen_[i] >> kWrong;
    unsigned there = right | wrong;
    unsigned good = right & wanted & ~wrong;
    if (good == wanted && there == wanted) continue;
    Change change{Change::Kind::add, listing.owner, listing.comment};
    if ((there & Change::kAddress) != 0) change.kind = Change::Kind::change;
    change.removed = static_cast<std::uint8_t>(there & ~good);
    change.added = static_cast<std::uint8_t>(wanted & ~good);
    out.push_back(change);
  }
}

void Difference::add_strangers(std::vector<Change>& out) {
  std::ranges::sort(strangers_, std::ranges::greater(), &Stranger::owner);
  for (const auto& stranger : strangers_) {
    bool is_same = !out.empty() && out.back().kind == Change::Kind::remove &&
                   out.back().owner == stranger.owner;
    if (!is_same) out.push_back({Change::Kind::remove, stranger.owner, {}});
    out.back().removed = static_cast<std::uint8_t>(out.back().removed | stranger.sets);
  }
}

// RFC 2136 section 2.5: a record set is deleted by a record of class ANY without data. What follows
// in the message sees the set gone.
void Difference::write(dns::wire::Writer& message, const Change& change) const {
  constexpr auto kSection = dns::wire::Section::authority;
  auto front = dns::Name::read(to_string(change.owner));
  auto name = zone_.prepend(front.value_or(dns::Name())).value_or(zone_);
  for (auto type : {Type::a, Type::txt})
    if ((change.removed & bit_of(type)) != 0)
      message.record(kSection, name, type, kClassAny, 0, {});
  if ((change.added & Change::kAddress) != 0)
    message.record(kSection, name, Type::a, dns::wire::kClassIn, answer_.ttl, code_);
  if ((change.added & Change::kText) != 0)
    message.record(kSection, name, Type::txt, dns::wire::kClassIn, answer_.ttl,
                   text_data(change.comment));
}

}  // namespace mailtrust::list::dnsxl
