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

void require_setting(const config::Setting& setting, std::string_view text) {
  require(!setting.value.empty(), "a setting has a value");
  require(setting.value.find_first_of(" \t\r\n#") == std::string::npos, "of one word");
  require_place(setting.where, text, setting.value);
}

}  // namespace

MAILTRUST_FUZZ(config_file, octets) {
  auto read = config::parse(octets, "f");
  if (!read) {
    require(read.error().kind == Error::Kind::input, "a bad file is input");
    require(read.error().message.find('\n') == std::string::npos, "told in one line");
    return require_place(read.error().where, octets, {});
  }
  for (const auto& setting : read->trusted) require_setting(setting, octets);
  for (const auto& [service, setting] : read->keys) require_setting(setting, octets);
}
