#include "commands/list_words.hpp"

#include <array>
#include <cstdlib>
#include <ctime>
#include <utility>

#include <unistd.h>

#include "base/ascii.hpp"
#include "base/counted.hpp"
#include "base/escape.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "cli/time.hpp"
#include "commands/spf_words.hpp"
#include "list/line.hpp"

namespace mailtrust::commands {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

struct Unit {
  char sign;
  std::int64_t seconds;
};

constexpr std::array kUnits = {Unit{'s', 1}, Unit{'m', 60}, Unit{'h', kHour}, Unit{'d', kDay},
                               Unit{'w', 7 * kDay}};

std::optional<std::int64_t> parse_span(std::string_view text) {
  if (text.empty()) return std::nullopt;
  for (const auto& unit : kUnits) {
    if (text.back() != unit.sign) continue;
    auto number = parse_number<std::uint32_t>(text.substr(0, text.size() - 1));
    if (number && *number > 0) return std::int64_t{*number} * unit.seconds;
  }
  return std::nullopt;
}

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-';
}

// From `now` on in the direction of `sign`, or a point in time.
std::optional<std::int64_t> parse_moment(std::string_view text, std::int64_t now, int sign) {
  if (auto span = parse_span(text)) return now + sign * *span;
  auto read = cli::parse_time(is_date(text) ? std::string(text) + "T00:00:00Z" : std::string(text));
  return read ? std::optional(*read) : std::nullopt;
}

// passwd(5). getpwuid(3) would load libraries and ask servers, and crashes where memory is short.
std::string name_of_user(uid_t user) {
  constexpr std::size_t kMost = 4U << 20;
  auto number = std::to_string(user);
  auto users = read_file("/etc/passwd", kMost);
  if (!users) return number;
  for (auto line : ascii::split(*users, '\n')) {
    auto fields = ascii::split(line, ':');
    if (fields.size() > 2 && fields[2] == number) return std::string(fields[0]);
  }
  return number;
}

}  // namespace

std::string author() {
  auto name = name_of_user(::geteuid());
  const char* sudo = std::getenv("SUDO_USER");
  if (::geteuid() != 0 || sudo == nullptr || *sudo == '\0') return name;
  return std::string(sudo) + " as " + name;
}

std::string time_text(std::int64_t time) {
  std::time_t seconds = time;
  std::tm parts{};
  std::array<char, 32> out{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return std::to_string(time);
  auto size = std::strftime(out.data(), out.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {out.data(), size};
}

cli::Value time_value(const std::optional<std::int64_t>& time) {
  return time ? cli::Value(time_text(*time)) : cli::Value();
}

Expected<std::int64_t> parse_expiry(std::string_view text, std::int64_t now) {
  auto time = parse_moment(text, now, 1);
  if (!time)
    return fail(
        Error::Kind::usage, "--expires",
        quote(text) + ": not a time; expected 30d, 12h, 2025-01-31 or 2025-01-31T12:00:00Z");
  if (*time > now) return *time;
  return fail(Error::Kind::usage, "--expires", quote(text) + ": has passed already");
}

Expected<std::int64_t> parse_past(std::string_view text, std::int64_t now) {
  if (auto time = parse_moment(text, now, -1)) return *time;
  return fail(Error::Kind::usage, {},
              quote(text) +
                  ": not a time; expected 2025-01-31, 2025-01-31T12:00:00Z, or how long ago: 30d, "
                  "4w, 12h");
}

std::string entries_text(std::uint64_t number) {
  return grouped(number) + (number == 1 ? " entry" : " entries");
}

std::string_view state_of(const list::Stored& stored, std::int64_t now) {
  if (stored.expires && *stored.expires <= now) return "expired";
  return to_string(stored.state);
}

cli::Value entry_value(const list::Stored& stored, std::int64_t now) {
  cli::Value::Object object;
  object.emplace_back("entry", to_string(stored.entry));
  object.emplace_back("comment", stored.comment);
  object.emplace_back("state", state_of(stored, now));
  object.emplace_back("kind", to_string(stored.entry.kind));
  object.emplace_back("created", time_text(stored.created));
  object.emplace_back("updated", time_text(stored.updated));
  object.emplace_back("expires", time_value(stored.expires));
  object.emplace_back("source", stored.source);
  return object;
}

std::string kind_of(const list::Listed& listed) {
  auto verdict = std::string(to_string(listed.verdict));
  if (listed.exclusive) return "an exclusive " + verdict + " list";
  return (listed.verdict == list::Verdict::allow ? "an " : "a ") + verdict + " list";
}

Expected<list::Store> open_store(const cli::Context& context, list::Store::Access access) {
  auto path = list::store_path(context.globals.store);
  if (!path) return fail(path.error());
  return list::Store::open(*path, access);
}

cli::Setter name_setter(std::string& target) {
  return [&target](std::string_view text) -> Expected<void> {
    auto name = list::parse_list_name(text);
    if (!name) return fail(name.error());
    target = *name;
    return {};
  };
}

cli::Setter names_setter(std::vector<std::string>& target) {
  return [&target](std::string_view text) -> Expected<void> {
    auto name = list::parse_list_name(text);
    if (!name) return fail(name.error());
    target.push_back(*name);
    return {};
  };
}

Expected<void> check_comment(std::string_view text) {
  auto line = list::read_line("192.0.2.1;" + std::string(text));
  bool is_line = text.find('\n') == std::string_view::npos;
  bool fits = text.size() < limits::kListLine / 2;
  if (is_line && fits && line.content == list::Line::Content::entry) return {};
  return fail(Error::Kind::usage, "", "expected one line of UTF-8 text, at most 32 KiB");
}

Error no_such_list(list::Store& store, const std::string& name) {
  Error error{Error::Kind::input, name, "no such list"};
  auto lists = store.lists();
  if (!lists || lists->empty()) return error;
  std::string names;
  for (const auto& listed : *lists) names += (names.empty() ? "" : ", ") + listed.name;
  if (names.size() > kMaxQuoted) names = counted(lists->size(), "list") + ", told by `list show`";
  error.message += "; there is: " + names;
  return error;
}

std::optional<list::Verdict> VerdictFlags::verdict() const {
  if (allow) return list::Verdict::allow;
  if (deny) return list::Verdict::deny;
  return std::nullopt;
}

Expected<void> VerdictFlags::check() const {
  if (!allow || !deny) return {};
  return fail(Error::Kind::usage, "--allow",
              "cannot be given beside --deny: a list says one of them");
}

void add_verdict_flags(cli::Command& command, VerdictFlags& flags) {
  command.flag("--allow", "a list that is made lets through what it holds", flags.allow)
      .flag("--deny", "a list that is made keeps out what it holds (the default)", flags.deny);
}

cli::Verdict refuse(cli::Output& output, const std::string& list, Error error) {
  cli::Report report;
  report.json("list", list).error(std::move(error));
  return output.answer(report);
}

}  // namespace mailtrust::commands
