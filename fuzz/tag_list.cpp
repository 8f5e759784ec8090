// "a=b; c=d" (RFC 6376 section 3.2): DKIM keys and signatures, DMARC records, ARC sets.
#include "tag_list/tag_list.hpp"

#include "base/limits.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

MAILTRUST_FUZZ(tag_list, octets) {
  auto charset =
      (fuzz::take(octets) & 1U) != 0 ? tag_list::Charset::utf8 : tag_list::Charset::ascii;
  auto parsed = tag_list::parse(octets, charset);
  require(parsed.tags.size() <= limits::kTags, "no more tags than the limit");
  std::string printed;
  for (const auto& tag : parsed.tags) {
    require(tag.column >= 1 && tag.value_column <= octets.size() + 1, "columns lie in the text");
    printed += tag.name + '=' + tag.value + ';';
  }
  if (parsed.tags.empty()) return;
  auto again = tag_list::parse(printed, charset);
  require(again.tags.size() == parsed.tags.size(), "what was printed reads the same");
  for (std::size_t i = 0; i < again.tags.size(); ++i)
    require(again.tags[i].value == parsed.tags[i].value, "and so does each value");
}
