// Master files (RFC 1035 section 5.1), the records that ldns reads among them, and our fault lines.
#include "dns/zone_file.hpp"

#include "base/limits.hpp"
#include "dns/zone_fault.hpp"
#include "dns/zone_reader.hpp"
#include "dns/zone_resolver.hpp"
#include "dns/zone_text.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using dns::Type;
using fuzz::require;

namespace {

constexpr Type kTypes[] = {Type::a,   Type::aaaa, Type::ns,  Type::cname, Type::mx,
                           Type::txt, Type::ptr,  Type::soa, Type::srv,   Type::caa,
                           Type::ds,  Type::tlsa, Type::spf, Type::dname, Type{35}};

// A record written as a line and read again is the same record.
void require_round_trip(const dns::Record& record) {
  auto line = dns::to_zone_line(record);
  require(line.ends_with('\n'), "a line has an end");
  for (char c : line) require((c >= ' ' && c <= '~') || c == '\n', "printable ASCII");
  auto again = dns::ZoneResolver::from_text(line, "f");
  require(again.has_value(), "a line that was written is read");
  auto owners = (*again)->owners(record.type);
  require(owners.size() == 1 && owners[0].wire() == record.owner.lowered().wire(), "its owner");
  auto answer = (*again)->query({record.owner, record.type});
  require(answer->records.size() == 1 && answer->records[0].data == record.data &&
              answer->records[0].ttl == record.ttl,
          "its data, octet by octet");
}

void look_at(dns::ZoneResolver& zone) {
  for (auto type : kTypes)
    for (const auto& owner : zone.owners(type)) {
      auto answer = zone.query({owner, type});
      require(answer->status == dns::Status::failed || answer->failure == dns::Failure::none,
              "an answer, or a reason why there is none");
      require(answer->aliases.size() <= limits::kAliases, "no more aliases than are followed");
      // A wildcard's records are owned by whoever asks.
      for (const auto& record : answer->records) require_round_trip(record);
    }
}

// The place is "f:LINE:COLUMN", in order.
void require_in_order(const std::vector<Error>& errors) {
  require(!errors.empty() && errors.size() <= limits::kMessagesPerInput + 1, "so many are told");
  for (const auto& error : errors) {
    require(error.kind == Error::Kind::input, "a bad file is input");
    require(error.where.starts_with("f"), "the file is named");
    require(error.message.find('\n') == std::string::npos, "in one line");
  }
}

// What the splitter gives stands in the text.
void require_tokens(std::string_view text) {
  dns::ZoneErrors errors("f");
  dns::ZoneSplitter splitter(text, errors);
  dns::Entry entry;
  std::size_t before = 0;
  while (splitter.next(entry)) {
    require(!entry.tokens.empty(), "entries are not empty");
    for (const auto& token : entry.tokens) {
      if (token.text.empty()) continue;
      auto at = static_cast<std::size_t>(token.text.data() - text.data());
      require(at >= before && at + token.text.size() <= text.size(), "fields come in order");
      before = at;
    }
  }
}

}  // namespace

MAILTRUST_FUZZ(zone_file, octets) {
  require_tokens(octets);
  auto zone = dns::ZoneResolver::from_text(octets, "f");
  if (!zone) return require_in_order(zone.error());
  look_at(**zone);
}
