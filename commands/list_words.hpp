#pragma once
// What the commands about lists share: who acts, what a list is told as, options they all have.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "cli/program.hpp"
#include "cli/value.hpp"
#include "list/store.hpp"

namespace mailtrust::commands {

/// The user for the history: `alice`, or `alice as root` under sudo; the number of one that
/// /etc/passwd does not know.
std::string author();

/// "2024-02-29T12:00:00Z"
std::string time_text(std::int64_t time);

/// The same, or null.
cli::Value time_value(const std::optional<std::int64_t>& time);

/// A time to come: `2025-01-31`, RFC 3339, Unix seconds, or from `now` on: `30d`, `12h`, `2w`.
Expected<std::int64_t> parse_expiry(std::string_view text, std::int64_t now);

/// A time gone by, written alike: `30d` is 30 days before `now`. The Error has no `where`.
Expected<std::int64_t> parse_past(std::string_view text, std::int64_t now);

/// "1 entry", "1,234 entries"
std::string entries_text(std::uint64_t number);

/// "active", "paused", "expired"
std::string_view state_of(const list::Stored& stored, std::int64_t now);

/// The members of the contract's `entries`.
cli::Value entry_value(const list::Stored& stored, std::int64_t now);

/// "a deny list", "an exclusive allow list"
std::string kind_of(const list::Listed& listed);

/// `--store` or its defaults, opened.
Expected<list::Store> open_store(const cli::Context& context, list::Store::Access access);

/// A setter that takes the name of a list.
cli::Setter name_setter(std::string& target);
cli::Setter names_setter(std::vector<std::string>& target);

/// One line of UTF-8 text, as a file could have it. The Error has no `where`.
Expected<void> check_comment(std::string_view text);

/// Says which lists there are.
Error no_such_list(list::Store& store, const std::string& name);

/// `--allow` and `--deny`, of which only one may be given.
struct VerdictFlags {
  bool allow = false;
  bool deny = false;

  [[nodiscard]] std::optional<list::Verdict> verdict() const;
  [[nodiscard]] Expected<void> check() const;
};

void add_verdict_flags(cli::Command& command, VerdictFlags& flags);

/// The answer of a command that could not do what it was asked.
cli::Verdict refuse(cli::Output& output, const std::string& list, Error error);

}  // namespace mailtrust::commands
