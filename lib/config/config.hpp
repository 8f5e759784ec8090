#pragma once
// The configuration file: what does not change from run to run. A setting a line, a word and its
// value: "trusted 192.0.2.0/24", "key spamhaus-dqs ABCDEF". `#` begins a comment.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace mailtrust::config {

struct Setting {
  std::string value;
  std::string where;  ///< FILE:LINE:COLUMN of the value
};

struct Config {
  std::vector<Setting> trusted;         ///< prefixes and host names, as written, one each
  std::map<std::string, Setting> keys;  ///< by service: "spamhaus-dqs"
};

/// The first bad line is an Error of kind input: an unknown word, a word without value, a line or
/// file over its limit, a key given twice. Never quotes a key.
Expected<Config> parse(std::string_view text, std::string_view file);

/// Reads `file`; when that is empty, $MAILTRUST_CONFIG, else
/// $XDG_CONFIG_HOME/mailtrust/mailtrust.conf (~/.config), for root /etc/mailtrust/mailtrust.conf,
/// where it is no mistake that there is none. An absent named file is an Error.
Expected<Config> load(const std::string& file);

}  // namespace mailtrust::config
