#include "commands/trusted_option.hpp"

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "list/origin.hpp"
#include "net/value.hpp"

namespace mailtrust::commands {
namespace {

// The addresses of a list; a bad line would leave a server out silently, so it ends the run.
Expected<net::PrefixSet> read_list(const std::string& name, const cli::Context& context) {
  std::vector<net::Range> ranges;
  std::optional<Error> first_fault;
  list::Reading reading{context.globals.store, context.now, [&](const Error& error) {
                          if (!first_fault) first_fault = error;
                        }};
  auto add = [&](const list::Member& member) {
    const auto& block = member.entry.block;
    if (member.entry.has_block())
      ranges.push_back(
          {net::address_of(block.family, block.first), net::address_of(block.family, block.last)});
  };
  auto tally = list::read_members(list::origin_of(name, context.globals.store), reading, add);
  if (!tally) return fail(tally.error());
  if (first_fault) return fail(*first_fault);
  return net::PrefixSet::of(ranges);
}

}  // namespace

void TrustedOption::add_to(cli::Command& command) {
  auto trusted = [this](std::string_view text) -> Expected<void> {
    for (auto part : ascii::split(text, ','))
      if (auto added = typed_.add(ascii::trim(part)); !added) return added;
    return {};
  };
  auto list = [this](std::string_view text) -> Expected<void> {
    lists_.emplace_back(text);
    return {};
  };
  command
      .option("--trusted", "PREFIX|HOST,...",
              "relays whose fields are believed: addresses, prefixes, host names (.example.org: "
              "all below it)",
              trusted, {.repeatable = true})
      .option("--trusted-list", "NAME|FILE",
              "the same by the addresses of a list of the store, or of a file", list,
              {.repeatable = true, .completes = cli::Completes::list_or_file});
}

const Expected<received::Trusted>& TrustedOption::get(const cli::Context& context) {
  std::call_once(once_, [&] { all_ = read(context); });
  return *all_;
}

Expected<received::Trusted> TrustedOption::read(const cli::Context& context) {
  auto all = typed_;
  all.add(context.globals.config.trusted);
  for (const auto& name : lists_) {
    auto prefixes = read_list(name, context);
    if (!prefixes) return fail(prefixes.error());
    all.add(*prefixes);
  }
  return all;
}

}  // namespace mailtrust::commands
