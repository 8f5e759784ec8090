#include "commands/list_addresses.hpp"

#include <algorithm>
#include <string_view>

#include "base/escape.hpp"
#include "list/origin.hpp"

namespace mailtrust::commands {
namespace {

constexpr std::size_t kChunk = 1U << 20;

// Never moved once it is there, so that what points at it stays good.
std::string_view keep(std::vector<std::string>& chunks, std::string_view text) {
  bool fits = !chunks.empty() && kChunk - chunks.back().size() >= text.size();
  if (!fits) chunks.emplace_back().reserve(kChunk);
  auto& chunk = chunks.back();
  chunk += text;
  return std::string_view(chunk).substr(chunk.size() - text.size());
}

void add(Addresses& addresses, const list::Member& member) {
  // An octet more than is published, so that a longer comment is seen to be one.
  auto comment = member.comment.substr(0, list::dnsxl::kMostText + 1);
  addresses.sources.push_back({member.entry.block, keep(addresses.comments, comment)});
}

}  // namespace

Expected<Addresses> read_addresses(const std::string& argument, const cli::Context& context,
                                   cli::Output& output) {
  Addresses addresses;
  auto origin = list::origin_of(argument, context.globals.store);
  list::Reading reading{.store = context.globals.store,
                        .now = context.now,
                        .complain = [&](const Error& error) { output.complain(error); }};
  auto tally = list::read_members(origin, reading, [&](const list::Member& member) {
    if (member.entry.has_block()) return add(addresses, member);
    ++addresses.left_out;
    auto where = member.line > 0 ? argument + ':' + std::to_string(member.line) : argument;
    output.complain({Error::Kind::input, where,
                     quote(to_string(member.entry)) + ": cannot be said in a zone of addresses"});
  });
  if (!tally) return fail(tally.error());
  addresses.faults = tally->faults;
  return addresses;
}

}  // namespace mailtrust::commands
