// What a DNS server says, about a question the input chooses: how much of it is believed.
#include <algorithm>

#include "base/limits.hpp"
#include "dns/resolver.hpp"
#include "dns/wire.hpp"
#include "dns/wire_message.hpp"
#include "dns/wire_writer.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using dns::Type;
using fuzz::require;
using Kind = dns::wire::Response::Kind;

namespace {

constexpr Type kTypes[] = {Type::a,     Type::mx,  Type::txt, Type::aaaa, Type::ptr,
                           Type::cname, Type::soa, Type::srv, Type::any,  Type::tlsa};

bool has_its_shape(const dns::Record& record) {
  switch (record.type) {
    case Type::a:
    case Type::aaaa: return decode_address(record).has_value();
    case Type::txt: return decode_txt(record).has_value();
    case Type::mx: return decode_mx(record).has_value();
    case Type::cname:
    case Type::dname:
    case Type::ns:
    case Type::ptr: return decode_name(record).has_value();
    default: return true;
  }
}

// From the question to the canonical name, link by link.
void require_chain(const dns::Answer& answer, const dns::Name& asked) {
  auto at = asked;
  require(answer.aliases.size() <= limits::kAliases, "no more aliases than are followed");
  for (const auto& alias : answer.aliases) {
    require(alias.owner == at && alias.type == Type::cname, "each alias begins where one ended");
    at = *decode_name(alias);
  }
  require(at == answer.canonical, "and the last leads to the canonical name");
}

void require_records(const dns::Answer& answer, const dns::Question& question) {
  for (const auto& record : answer.records) {
    require(record.owner == answer.canonical, "records are owned by the canonical name");
    require(record.type == question.type || question.type == Type::any, "of the type asked");
    require(has_its_shape(record), "in the shape of their type");
    require(record.ttl >= answer.ttl && record.ttl <= 0x7fffffff, "kept no longer than they may");
  }
}

void require_sound(const dns::wire::Response& response, const dns::Question& question) {
  const auto& answer = response.answer;
  bool found = response.kind == Kind::answered && answer.status == dns::Status::found;
  require(found == !answer.records.empty(), "records, and only where something was found");
  require((response.kind == Kind::answered) == (answer.failure == dns::Failure::none),
          "an answer, or a reason why there is none");
  require((response.kind == Kind::answered) == (answer.status != dns::Status::failed),
          "what is no answer is not taken for one");
  if (response.kind == Kind::answered || response.kind == Kind::unfinished)
    require_chain(answer, question.name);
  require_records(answer, question);
}

// The same answer, written by our own writer and read again.
void require_round_trip(const dns::Answer& answer, const dns::Question& question) {
  dns::wire::Writer writer(1, dns::wire::flag::kResponse);
  writer.question(question.name, question.type, dns::wire::kClassIn);
  for (const auto* records : {&answer.aliases, &answer.records})
    for (const auto& each : *records)
      writer.record(dns::wire::Section::answer, each.owner, each.type, dns::wire::kClassIn,
                    each.ttl, each.data);
  auto again = dns::wire::decode(writer.message(), question);
  require(again.kind == Kind::answered && again.answer.status == answer.status, "read again");
  require(std::ranges::equal(again.answer.records, answer.records, {}, &dns::Record::data,
                             &dns::Record::data),
          "with the same records");
}

}  // namespace

MAILTRUST_FUZZ(dns_message, octets) {
  auto mode = fuzz::take(octets);
  dns::Question question{*dns::Name::read("example.org"), kTypes[mode % std::size(kTypes)]};
  auto response = dns::wire::decode(octets, question);
  require_sound(response, question);
  if (response.kind == Kind::answered && response.answer.status == dns::Status::found)
    require_round_trip(response.answer, question);
  if (response.kind != Kind::unfinished) return;
  // The next message is read with what this one said in mind.
  dns::Question next{response.answer.canonical, question.type};
  auto rest = dns::wire::decode(octets, next, response.answer.aliases);
  require(rest.kind != Kind::answered || !rest.answer.aliases.empty(), "aliases are kept");
}
