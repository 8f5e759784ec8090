#include "commands/list_addresses.hpp"

#include <algorithm>
#include <string_view>

#include "base/escape.hpp"
#include "list/origin.hpp"

namespace mailtrust::commands {
namespace {

void add(Addresses& addresses, const list::Member& member) {
  // An octet more than is published, so that a longer comment is seen to be one.
  auto comment = member.comment.substr(0, list::dnsxl::kMostText + 1);
  addresses.blocks.push_back(member.entry.block);
  addresses.comments += comment;
  addresses.ends.push_back(addresses.comments.size());
}

}  // namespace

std::vector<list::dnsxl::Source> Addresses::sources() const {
  std::vector<list::dnsxl::Source> out;
  out.reserve(blocks.size());
  std::size_t begin = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    out.push_back({blocks[i], std::string_view(comments).substr(begin, ends[i] - begin)});
    begin = ends[i];
  }
  return out;
}

Expected<Addresses> read_addresses(const std::string& argument, const cli::Context& context,
                                   cli::Output& output) {
  Addresses addresses;
  auto origin = list::origin_of(argument);
  list::Reading reading{.store = context.globals.store,
                        .now = context.now,
                        .complain = [&](const Error& error) { output.complain(error); }};
  auto tally = list::read_members(origin, reading, [&](const list::Member& member) {
    if (member.entry.has_block()) return add(addresses, member);
    ++addresses.left_out;
    auto where = member.line > 0 ? argument + ':' + std::to_string(member.line) : argument;
    output.complain({Error::Kind::input, where,
                     quote(to_string(member.entry)) + ": a zone of addresses has no " +
                         std::string(to_string(member.entry.kind)) + "s"});
  });
  if (!tally) return fail(tally.error());
  addresses.faults = tally->faults;
  return addresses;
}

}  // namespace mailtrust::commands
