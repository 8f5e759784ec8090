// "a=b; c=d" (RFC 6376 section 3.2): DKIM keys and signatures, DMARC records, ARC sets.
#include "tag_list/tag_list.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "fuzz/faults.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

std::string print(const tag_list::Parsed& parsed) {
  std::string printed;
  for (const auto& tag : parsed.tags) printed += tag.name + '=' + tag.value + ';';
  return printed;
}

// Every part between two semicolons is a tag, or there is a fault about it.
void require_nothing_lost(const tag_list::Parsed& parsed, std::string_view text) {
  auto parts = static_cast<std::size_t>(std::ranges::count(text, ';'));
  bool cut = std::ranges::any_of(parsed.faults, [](const auto& fault) {
    return fault.kind == tag_list::Fault::Kind::too_many;
  });
  require(cut || parsed.tags.size() + parsed.faults.size() >= parts, "no tag is passed over");
}

}  // namespace

MAILTRUST_FUZZ(tag_list, octets) {
  auto charset =
      (fuzz::take(octets) & 1U) != 0 ? tag_list::Charset::utf8 : tag_list::Charset::ascii;
  auto parsed = tag_list::parse(octets, charset);
  require(parsed.tags.size() <= limits::kTags, "no more tags than the limit");
  require(!parsed.tags.empty() || !parsed.faults.empty(), "an empty list is a fault");
  fuzz::require_in_order(parsed.faults, octets);
  require_nothing_lost(parsed, octets);
  for (const auto& tag : parsed.tags) {
    require(fuzz::stands_at(octets, tag.column, tag.name), "names stand where they are said to");
    require(fuzz::stands_at(octets, tag.value_column, tag.value), "and so do values");
    require(tag.value.find(';') == std::string::npos, "a semicolon ends a value");
    require(parsed.find(tag.name) != nullptr, "what is there is found");
  }
  if (parsed.tags.empty()) return;
  auto again = tag_list::parse(print(parsed), charset);
  require(print(again) == print(parsed), "what was printed reads the same");
}
