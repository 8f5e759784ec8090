#include "spf/flatten_layout.hpp"

#include <algorithm>
#include <utility>

#include "spf/publish.hpp"

namespace mailtrust::spf {
namespace {

std::string sign_of(Qualifier qualifier) {
  return qualifier == Qualifier::pass ? "" : std::string(1, static_cast<char>(qualifier));
}

std::string to_term(const net::Prefix& prefix) {
  auto family = prefix.address.family();
  auto text = prefix.length == width(family) ? to_string(prefix.address) : to_string(prefix);
  return (family == net::Family::v4 ? "ip4:" : "ip6:") + text;
}

// The fewest prefixes. IPv4-mapped addresses never are a sender's, so they may be in or out.
std::vector<std::string> to_terms(const net::PrefixSet& set) {
  auto exact = set.prefixes();
  auto widened = (set | (net::PrefixSet::everything() - sender_addresses())).prefixes();
  std::vector<std::string> out;
  for (const auto& prefix : widened.size() < exact.size() ? widened : exact)
    out.push_back(to_term(prefix));
  return out;
}

// A block being written: some of its addresses may have moved to records of their own.
struct Section {
  std::string sign;
  std::vector<std::string> addresses;
  std::vector<std::string> kept;
};

struct Page {
  dns::Name name;
  std::vector<Section> sections;
  std::vector<std::string> ending;
};

std::string to_text(const Page& page) {
  std::string text = "v=spf1";
  for (const auto& section : page.sections) {
    for (const auto& term : section.addresses) text += ' ' + section.sign + term;
    for (const auto& term : section.kept) text += ' ' + section.sign + term;
  }
  for (const auto& term : page.ending) text += ' ' + term;
  return text;
}

std::string leaf_text(std::span<const std::string> terms) {
  std::string text = "v=spf1";
  for (const auto& term : terms) text += ' ' + term;
  return text + " -all";
}

// How many of the terms a record of that name can hold, at least one.
std::size_t capacity(const dns::Name& name, std::span<const std::string> terms) {
  std::size_t count = 1;
  while (count < terms.size() &&
         answer_octets(name, leaf_text(terms.first(count + 1))) <= kMostAnswer)
    ++count;
  return count;
}

class Layout {
 public:
  Layout(std::vector<PublishedRecord>& out, FreshNames& names) : out_(out), names_(names) {}

  Expected<void> write(Page page, std::size_t other_octets) {
    while (answer_octets(page.name, to_text(page)) + other_octets > kMostAnswer) {
      auto largest = std::ranges::max_element(
          page.sections, {}, [](const Section& section) { return section.addresses.size(); });
      if (largest == page.sections.end() || largest->addresses.size() < 2)
        return fail(Error::Kind::input, to_string(page.name),
                    "the record does not fit an answer of " + std::to_string(kMostAnswer) +
                        " octets, even with its addresses in records of their own");
      if (auto moved = move_out(*largest); !moved) return moved;
    }
    out_.push_back({page.name, to_text(page)});
    return {};
  }

 private:
  // The first addresses of a section into a record of their own.
  Expected<void> move_out(Section& section) {
    auto name = names_.next();
    if (!name)
      return fail(Error::Kind::input, "", "the domain is too long for another label in front");
    auto count = capacity(*name, section.addresses);
    out_.push_back({*name, leaf_text(std::span(section.addresses).first(count))});
    section.addresses.erase(section.addresses.begin(),
                            section.addresses.begin() + static_cast<std::ptrdiff_t>(count));
    section.kept.push_back("include:" + to_string(*name));
    return {};
  }

  std::vector<PublishedRecord>& out_;
  FreshNames& names_;
};

}  // namespace

Expected<void> append_records(std::vector<PublishedRecord>& out, Draft draft,
                              std::size_t other_octets, FreshNames& names) {
  for (auto& copy : draft.copies)
    if (auto done = append_records(out, std::move(copy), 0, names); !done) return done;
  Page page{draft.name, {}, std::move(draft.ending)};
  for (auto& block : draft.blocks)
    page.sections.push_back(
        {sign_of(block.qualifier), to_terms(block.addresses), std::move(block.kept)});
  return Layout(out, names).write(std::move(page), other_octets);
}

}  // namespace mailtrust::spf
