#include "list/decide.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <utility>

#include "base/escape.hpp"
#include "list/entry_index.hpp"
#include "list/origin.hpp"

namespace mailtrust::list {
namespace {

// Address, prefix and range are alike; whoever is merely not listed comes last.
int rank(const Voice& voice) {
  if (!voice.entry) return 3;
  if (voice.entry->has_block()) return 0;
  return voice.entry->kind == Kind::mailbox ? 1 : 2;
}

net::Uint128 size_of(const Voice& voice) {
  bool has_block = voice.entry && voice.entry->has_block();
  return has_block ? voice.entry->block.last - voice.entry->block.first : 0;
}

bool goes_before(const Voice& a, const Voice& b) {
  return std::make_tuple(a.verdict, rank(a), size_of(a), std::string_view(a.list)) <
         std::make_tuple(b.verdict, rank(b), size_of(b), std::string_view(b.list));
}

}  // namespace

Expected<std::string> parse_sender(std::string_view text) {
  if (text.empty() || text == "<>") return std::string();
  if (text.front() == '<' && text.back() == '>') text = text.substr(1, text.size() - 2);
  auto entry = Entry::parse(text);
  if (entry && entry->kind == Kind::mailbox) return entry->name;
  return fail(Error::Kind::usage, "",
              quote(text) + ": not a mail address; expected user@example.org, or <>");
}

std::vector<Voice> Decision::bypasses() const {
  std::vector<Voice> bypassed;
  if (verdict() != Verdict::allow) return bypassed;
  std::ranges::copy_if(shadows, std::back_inserter(bypassed),
                       [](const Voice& voice) { return voice.verdict == Verdict::deny; });
  return bypassed;
}

Decision decide(std::vector<Voice> voices) {
  std::ranges::stable_sort(voices, goes_before);
  Decision decision;
  if (voices.empty()) return decision;
  decision.by = std::move(voices.front());
  decision.shadows.assign(std::make_move_iterator(voices.begin() + 1),
                          std::make_move_iterator(voices.end()));
  return decision;
}

Expected<Decision> Panel::decide(const Visitor& visitor) const {
  std::vector<Voice> all;
  for (const auto& member : members_) {
    auto voices = member(visitor);
    if (!voices) return fail(voices.error());
    std::ranges::move(*voices, std::back_inserter(all));
  }
  return list::decide(std::move(all));
}

Expected<Panel::Member> member_of_file(const std::string& path, Verdict verdict) {
  auto index = std::make_shared<EntryIndex>();
  std::optional<Error> fault;
  Reading reading;
  reading.complain = [&fault](const Error& error) {
    if (!fault) fault = error;
  };
  auto tally = read_members({Origin::Kind::file, path}, reading, [&](const Member& member) {
    index->add(member.entry, member.comment);
  });
  if (!tally) return fail(tally.error());
  if (fault) return fail(std::move(*fault));
  index->finish();
  return Panel::Member([index, path, verdict](const Visitor& visitor) {
    auto address = block_of(visitor.address.unmapped());
    std::vector<Voice> voices;
    for (const auto* remark : index->find(address, visitor.mailbox))
      voices.push_back({path, verdict, remark->entry, remark->comment});
    return Expected<std::vector<Voice>>(std::move(voices));
  });
}

}  // namespace mailtrust::list
