#include "commands/list_sources.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "cli/exit_status.hpp"
#include "list/set_text.hpp"

namespace mailtrust::commands {

std::optional<list::AddressSet> ListSources::read(const std::vector<std::string>& arguments) {
  list::Blocks blocks;
  bool good = true;
  for (const auto& argument : arguments)
    good = check(argument,
                 list::read_blocks(list::origin_of(argument, reading_.store), reading_, blocks)) &&
           good;
  if (!good) return std::nullopt;
  return blocks.take();
}

bool ListSources::each(const std::string& argument,
                       const std::function<void(const list::Member&)>& visit) {
  return check(argument, list::read_members(list::origin_of(argument, reading_.store), reading_,
                                            [&](const list::Member& member) {
                                              if (member.entry.has_block()) visit(member);
                                            }));
}

bool ListSources::check(const std::string& argument, const Expected<list::Tally>& tally) {
  if (!tally) return refuse(argument, tally.error());
  if (tally->faults > 0)
    return refuse(argument, {Error::Kind::input, argument,
                             "not used: " + grouped(tally->faults) +
                                 (tally->faults == 1 ? " line is" : " lines are") + " no entry"});
  if (tally->names > 0 && !quiet_)
    output_.complain(
        {Error::Kind::input, argument,
         grouped(tally->names) + " left out: mailboxes and domains have no addresses"});
  return true;
}

// As JSON too, where that is wanted.
bool ListSources::refuse(const std::string& argument, Error error) {
  cli::Report report;
  report.json("file", argument).error(std::move(error));
  verdict_ = cli::worse(verdict_, output_.answer(report));
  return false;
}

Expected<void> check_lists(const std::vector<std::string>& arguments, std::size_t least) {
  if (arguments.size() < least)
    return fail(Error::Kind::usage, "FILE|NAME", "at least two lists are needed");
  if (std::ranges::count(arguments, "-") < 2) return {};
  return fail(Error::Kind::usage, "-", "standard input can be read only once");
}

cli::Setter words_setter(std::vector<std::string>& target) {
  return [&target](std::string_view word) -> Expected<void> {
    target.emplace_back(word);
    return {};
  };
}

void write_array(const list::AddressSet& set, bool ranges, cli::Output& output) {
  output.write("[");
  list::write_set(set, {ranges, "\"", "\"", ","},
                  [&](std::string_view piece) { output.write(piece); });
  output.write("]");
}

}  // namespace mailtrust::commands
