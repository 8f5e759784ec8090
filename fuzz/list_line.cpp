// Lines of list files, `ENTRY;COMMENT`: read, diagnosed, made into entries and their keys.
#include "base/escape.hpp"
#include "fuzz/target.hpp"
#include "list/entry.hpp"
#include "list/line.hpp"
#include "list/row.hpp"

using namespace mailtrust;
using fuzz::require;
using Content = list::Line::Content;

namespace {

void require_round_trip(const list::Entry& entry) {
  auto spelled = to_string(entry);
  require(is_plain(spelled) || !entry.has_block(), "blocks are spelled in plain ASCII");
  auto again = list::Entry::parse(spelled);
  require(again && *again == entry, "what was printed reads the same");
  require(to_string(*again) == spelled, "and prints the same");
  auto with_comment = spelled + ";a comment";
  auto line = list::read_line(with_comment);
  require(line.content == Content::entry && list::entry_of(line) == entry, "as a line, too");
  require(list::entry_from(list::key_of(entry)) == entry, "and as a key of the store");
}

void look_at(const list::Line& line, std::string_view octets) {
  auto entry = list::entry_of(line);
  require_round_trip(entry);
  auto parsed = list::Entry::parse(line.spelled);
  bool is_comment = line.spelled.starts_with('#');  // without its brackets
  require(is_comment || (parsed && *parsed == entry), "an entry alone is what it is in a line");
  std::string key;
  list::append_key(key, line);
  require(key == list::key_of(entry), "a line's key is its entry's");
  auto warnings = list::warnings_of(line);
  require(warnings == 0 || entry.has_block(), "names earn no warning by themselves");
  for (std::size_t code = 0; code < list::kCodes; ++code)
    if ((warnings >> code & 1U) != 0)
      require(!describe(static_cast<list::Code>(code), line).empty(), "warnings say what is wrong");
  require(line.spelled.data() >= octets.data(), "views point into the line");
}

void diagnose(std::string_view octets) {
  auto fault = list::diagnose(octets);
  require(list::is_error(fault.code), "a fault has a code");
  require(fault.column >= 1 && fault.column <= octets.size() + 1, "and stands in the line");
  require(!fault.message.empty() && escape_unsafe(fault.message) == fault.message,
          "told so that it can be printed");
}

}  // namespace

MAILTRUST_FUZZ(list_line, octets) {
  while (!octets.empty()) {
    auto text = fuzz::take_until(octets, '\n');
    auto line = list::read_line(text);
    if (line.content == Content::entry) look_at(line, text);
    if (line.content == Content::fault) diagnose(text);
  }
}
