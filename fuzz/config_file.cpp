// The configuration file.
#include "base/number.hpp"
#include "config/config.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

// "f:LINE:COLUMN", with `value` standing there.
void require_place(std::string_view where, std::string_view text, std::string_view value) {
  require(where.starts_with("f:"), "the file is named");
  where.remove_prefix(2);
  auto line = parse_number<std::size_t>(fuzz::take_until(where, ':'));
  auto column = parse_number<std::size_t>(where);
  require(line && column && *line >= 1 && *column >= 1, "a line and a column");
  for (std::size_t i = 1; i < *line; ++i) fuzz::take_until(text, '\n');
  if (text.starts_with("\xef\xbb\xbf") && *line == 1) text.remove_prefix(3);
  auto at = text.substr(0, text.find('\n'));
  require(*column <= at.size() + 1, "inside the line");
  require(at.substr(*column - 1).starts_with(value), "where the value stands");
}

void require_error(const Error& error, std::string_view text) {
  require(error.kind == Error::Kind::input, "a bad file is input");
  require(error.message.find('\n') == std::string::npos, "told in one line");
  require_place(error.where, text, {});
}

void require_key(const config::Setting& setting, std::string_view text) {
  require(config::is_key(setting.value), "a key is one");
  require_place(setting.where, text, setting.value);
}

}  // namespace

MAILTRUST_FUZZ(config_file, octets) {
  auto read = config::parse(octets, "f");
  if (!read) {
    require(!read.error().empty(), "why a file is bad is told");
    for (const auto& error : read.error()) require_error(error, octets);
    return;
  }
  for (const auto& [service, setting] : read->keys) require_key(setting, octets);
  require(read->store.empty() || read->store.starts_with('/'), "the store is an absolute path");
  auto same = config::merge(*read, *read);
  require(same.resolvers == read->resolvers, "a file over itself is itself");
  require(same.store == read->store && same.keys.size() == read->keys.size(), "in all settings");
}
