#include "maillog/exim_fields.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"

namespace mailtrust::maillog::exim {
namespace {

constexpr std::size_t kShortId = 16;  // "1abcde-000001-AB"
constexpr std::size_t kLongId = 23;   // "1abcde-00000000001-ABCD", Exim 4.97
constexpr std::size_t kLongestKey = 6;

bool is_id(std::string_view text) {
  auto middle = text.size() == kShortId ? 6U : 11U;
  if (text[6] != '-' || text[7 + middle] != '-') return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i != 6 && i != 7 + middle && !ascii::is_alnum(text[i])) return false;
  return true;
}

std::string_view read_key(Cursor& line) {
  auto ahead = line;
  auto key = ahead.word("= ");
  bool is_key = !key.empty() && key.size() <= kLongestKey && ahead.skip("=") &&
                std::ranges::all_of(key, ascii::is_alnum);
  if (!is_key) return {};
  line = ahead;
  return key;
}

/// "mx.example [192.0.2.1]:25", "(helo) [192.0.2.1]", "name (helo) [192.0.2.1]".
Host read_host_field(Cursor& line) {
  auto name = line.sees("(") || line.sees("[") ? std::string_view() : line.word(" :");
  auto ahead = line;
  ahead.skip(" ");
  if (ahead.skip("(") && !ahead.until(") ")) return {name, {}};
  if (!ahead.sees("[")) return {name, {}};
  auto address = ahead.until("]");
  if (!address) return {name, {}};
  line = ahead;
  ahead.skip(":");
  if (!ahead.at_end() && ascii::is_digit(ahead.rest().front())) {
    ahead.word(" :");
    line = ahead;
  }
  return {name, address->substr(1)};
}

std::string_view read_value(Cursor& line) {
  if (auto length = line.quoted(); length != 0) return line.take(length);
  if (line.skip("<")) return line.address(">").value_or(std::string_view());
  // "T=remote_smtp: SMTP error ...": the colon ends the fields.
  auto value = line.rest().substr(0, line.rest().find(' '));
  if (value.ends_with(':')) value.remove_suffix(1);
  return line.take(value.size());
}

/// "K", "L", "PRDR", "TFO": said without a value.
bool skip_flag(Cursor& line) {
  auto ahead = line;
  auto word = ahead.word(" :");
  auto is_upper = [](char c) { return (c >= 'A' && c <= 'Z') || c == '*'; };
  bool is_flag = !word.empty() && word.size() <= kLongestKey && std::ranges::all_of(word, is_upper);
  if (is_flag) line = ahead;
  return is_flag;
}

}  // namespace

std::string_view read_id(Cursor& line) {
  for (auto length : {kShortId, kLongId}) {
    auto rest = line.rest();
    bool fits = rest.size() > length && rest[length] == ' ' && is_id(rest.substr(0, length));
    if (!fits) continue;
    auto id = line.take(length);
    line.skip(" ");
    return id;
  }
  return {};
}

void skip_pid(Cursor& line) {
  auto ahead = line;
  if (!ahead.skip("[")) return;
  auto pid = ahead.word("]");
  if (!pid.empty() && std::ranges::all_of(pid, ascii::is_digit) && ahead.skip("] ")) line = ahead;
}

Fields read_fields(Cursor& line) {
  Fields fields;
  while (line.sees(" ")) {
    auto ahead = line;
    ahead.skip(" ");
    auto key = read_key(ahead);
    if (key.empty() && !skip_flag(ahead)) break;
    if (key == "H") {
      fields.host = read_host_field(ahead);
    } else if (key == "F") {
      fields.sender = read_value(ahead);
      fields.sender_known = true;
    } else if (key == "I") {
      fields.source_ip = read_host(read_value(ahead)).ip;
    } else if (key == "C") {
      fields.confirmation = read_value(ahead);
    } else if (!key.empty()) {
      read_value(ahead);
    }
    line = ahead;
  }
  return fields;
}

Addresses read_addresses(Cursor& line) {
  auto length = line.quoted();
  auto whole = line.rest();
  line.take(length);
  line.word(" ");
  Addresses found{whole.substr(0, whole.size() - line.rest().size()), {}};
  if (found.recipient.ends_with(':') && found.recipient != ":blackhole:") {
    found.recipient.remove_suffix(1);
    line = Cursor(whole.substr(found.recipient.size()));
    return found;
  }
  auto ahead = line;
  while (ahead.skip(" (") && ahead.until(")")) line = ahead;
  ahead = line;
  if (!ahead.skip(" <")) return found;
  auto original = ahead.address(">");
  if (!original) return found;
  line = ahead;
  found.original = *original;
  // A user, a file or a pipe of this host: the address that led there is what was sent to.
  bool has_domain = found.recipient.find('@') != std::string_view::npos &&
                    std::string_view("/|:>").find(found.recipient[0]) == std::string_view::npos;
  if (!has_domain) found = {found.original, {}};
  return found;
}

}  // namespace mailtrust::maillog::exim
