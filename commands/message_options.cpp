#include "commands/message_options.hpp"

#include <array>
#include <limits>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"
#include "commands/choice.hpp"

namespace mailtrust::commands {
namespace {

constexpr auto kFormats =
    std::to_array<Choice<mailbox::Quoting>>({{"auto", mailbox::Quoting::automatic},
                                             {"mboxo", mailbox::Quoting::mboxo},
                                             {"mboxrd", mailbox::Quoting::mboxrd},
                                             {"mboxcl", mailbox::Quoting::mboxcl},
                                             {"mboxcl2", mailbox::Quoting::mboxcl2}});

unsigned shift_of(char suffix) {
  switch (ascii::lower(suffix)) {
    case 'k': return 10;
    case 'm': return 20;
    case 'g': return 30;
    default: return 0;
  }
}

}  // namespace

Expected<std::size_t> parse_size(std::string_view text) {
  auto digits = text;
  unsigned shift = text.empty() ? 0 : shift_of(text.back());
  if (shift > 0) digits.remove_suffix(1);
  auto number = parse_number<std::size_t>(digits);
  constexpr auto kMost = std::numeric_limits<std::size_t>::max();
  if (!number || *number == 0 || *number > kMost >> shift)
    return fail(Error::Kind::usage, {},
                quote(text) + ": expected a number of octets, with K, M or G behind it or without");
  return *number << shift;
}

void add_message_options(cli::Command& command, MessageOptions& options) {
  auto size = [&options](std::string_view text) -> Expected<void> {
    auto parsed = parse_size(text);
    if (!parsed) return fail(parsed.error());
    options.max_size = *parsed;
    return {};
  };
  command.option("--max-size", "SIZE",
                 "refuse larger messages: octets, or with K, M, G (default 64M)", size);
  add_choice(command, "--mbox-format", "FORMAT",
             "how mboxes keep \"From \" lines of messages apart: auto, mboxo, mboxrd, mboxcl or "
             "mboxcl2 (default auto)",
             kFormats, options.quoting);
  command.mbox_quoting(options.quoting);
}

}  // namespace mailtrust::commands
