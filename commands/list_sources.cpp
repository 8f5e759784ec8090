#include "commands/list_sources.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "cli/exit_status.hpp"

namespace mailtrust::commands {

std::optional<list::AddressSet> ListSources::read(const std::vector<std::string>& arguments) {
  list::Blocks blocks;
  bool good = true;
  for (const auto& argument : arguments)
    good = check(argument, list::read_blocks(list::origin_of(argument), reading_, blocks)) && good;
  if (!good) return std::nullopt;
  return blocks.take();
}

bool ListSources::each(const std::string& argument,
                       const std::function<void(const list::Member&)>& visit) {
  return check(argument, list::read_members(list::origin_of(argument), reading_,
                                            [&](const list::Member& member) {
                                              if (member.entry.has_block()) visit(member);
                                            }));
}

bool ListSources::check(const std::string& argument, const Expected<list::Tally>& tally) {
  if (!tally) {
    output_.complain(tally.error());
    bool temporary = tally.error().kind == Error::Kind::temporary;
    verdict_ = cli::worse(verdict_, temporary ? cli::Verdict::unknown : cli::Verdict::unusable);
    return false;
  }
  if (tally->faults > 0) {
    verdict_ = cli::Verdict::unusable;
    return false;
  }
  if (tally->names > 0 && !quiet_)
    output_.complain(
        {Error::Kind::input, argument,
         grouped(tally->names) + " left out: mailboxes and domains have no addresses"});
  return true;
}

Expected<void> check_stdin(const std::vector<std::string>& arguments) {
  if (std::ranges::count(arguments, "-") < 2) return {};
  return fail(Error::Kind::usage, "-", "standard input can be read only once");
}

}  // namespace mailtrust::commands
