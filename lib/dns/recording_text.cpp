#include "dns/recording_text.hpp"

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"
#include "dns/zone_resolver.hpp"
#include "dns/zone_text.hpp"

namespace mailtrust::dns {
namespace {

constexpr std::string_view kHead =
    "; recorded by mailtrust; --zone with this file answers the same again\n$ORIGIN .\n";

// RFC 4034 section 6.1: labels from the right, lower-cased, as octets; a label that ends goes
// first, so its end is written below every octet.
std::string canonical_key(const Name& name) {
  std::string key;
  auto labels = name.labels();
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    for (char c : *label) {
      key += ascii::lower(c);
      if (c == '\0') key += '\1';
    }
    key.append(2, '\0');
  }
  return key;
}

}  // namespace

void RecordingText::add(const std::vector<Record>& records) {
  // Names are written in one case, so that it does not matter who asked first, and how.
  auto owner = records[0].owner.lowered();
  std::string text;
  for (const auto& record : records)
    text += to_zone_line({owner, record.type, record.ttl, record.data});
  lines_.push_back({canonical_key(owner), records[0].type, std::move(text)});
}

void RecordingText::add(const ZoneFault& fault) {
  auto lowered = fault;
  lowered.name = fault.name.lowered();
  if (fault.status == Status::nxdomain)
    absent_.push_back(std::move(lowered));
  else
    lines_.push_back({canonical_key(lowered.name), fault.type, to_zone_line(lowered)});
}

std::string RecordingText::compose() {
  auto text = join();
  if (absent_.empty()) return text;
  auto zone = ZoneResolver::from_text(text, "");
  text.clear();
  std::erase_if(absent_, [&](const ZoneFault& fault) {
    if (!zone) return false;
    auto answer = (*zone)->query({fault.name, fault.type});
    return answer->status == Status::nxdomain && answer->aliases.empty();
  });
  // These make no name exist, so none of them makes another necessary.
  for (const auto& fault : absent_)
    lines_.push_back({canonical_key(fault.name), fault.type, to_zone_line(fault)});
  absent_.clear();
  return join();
}

std::string RecordingText::join() {
  std::ranges::sort(lines_);
  lines_.erase(std::unique(lines_.begin(), lines_.end()), lines_.end());
  std::string text(kHead);
  for (const auto& lines : lines_) text += lines.text;
  return text;
}

}  // namespace mailtrust::dns
