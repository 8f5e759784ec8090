#include "dns/wire.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/limits.hpp"
#include "dns/wire_message.hpp"

// Answers are read here rather than by ldns_wire2pkt: that has asserts which enemy octets can
// reach, leaks on some, and takes twenty times as long.

namespace mailtrust::dns::wire {
namespace {

void append_u16(std::string& out, std::uint16_t value) {
  out += static_cast<char>(value >> 8);
  out += static_cast<char>(value & 0xff);
}

// A CNAME made from a DNAME above `name`. RFC 6672 section 2.2.
std::optional<Record> synthesize(const Name& name, const Record& dname) {
  auto target = decode_name(dname);
  if (!target) return std::nullopt;
  auto front = name.wire().substr(0, name.wire().size() - dname.owner.wire().size());
  auto wire = std::string(front) + std::string(target->wire());
  if (!Name::from_wire(wire)) return std::nullopt;
  return Record{name, Type::cname, dname.ttl, std::move(wire)};
}

struct Alias {
  std::optional<Record> cname;
  bool contradictory = false;
};

// Where `name` leads by the records given. RFC 2181 section 10.1: a name has one CNAME.
Alias alias_of(const Name& name, const std::vector<Record>& records) {
  Alias alias;
  const Record* dname = nullptr;
  for (const auto& record : records) {
    if (record.type == Type::dname && record.owner != name && name.is_within(record.owner))
      dname = &record;
    if (record.type != Type::cname || record.owner != name) continue;
    if (!alias.cname) {
      alias.cname = record;
    } else if (decode_name(*alias.cname) != decode_name(record)) {
      alias.contradictory = true;
    }
  }
  if (alias.cname || dname == nullptr) return alias;
  alias.cname = synthesize(name, *dname);
  alias.contradictory = !alias.cname;
  return alias;
}

// Moves `answer.canonical` to the end of the aliases among `records`.
Failure follow_aliases(Answer& answer, const std::vector<Record>& records) {
  while (true) {
    auto alias = alias_of(answer.canonical, records);
    if (alias.contradictory) return Failure::malformed;
    if (!alias.cname) return Failure::none;
    if (answer.aliases.size() == limits::kAliases) return Failure::alias_loop;
    answer.canonical = *decode_name(*alias.cname);
    answer.aliases.push_back(std::move(*alias.cname));
    if (std::ranges::find(answer.aliases, answer.canonical, &Record::owner) != answer.aliases.end())
      return Failure::alias_loop;
  }
}

// RFC 2181 section 5: equal records are one.
void collect_records(Answer& answer, const std::vector<Record>& records, Type type) {
  std::unordered_set<std::string_view> seen;
  for (const auto& record : records) {
    if (record.owner != answer.canonical) continue;
    if (type == Type::any || (record.type == type && seen.insert(record.data).second))
      answer.records.push_back(record);
  }
}

std::uint32_t least_ttl(const Answer& answer, std::uint32_t ttl) {
  for (const auto& record : answer.records) ttl = std::min(ttl, record.ttl);
  for (const auto& record : answer.aliases) ttl = std::min(ttl, record.ttl);
  return ttl;
}

Response failed(Answer answer, Failure failure) {
  answer.status = Status::failed;
  answer.failure = failure;
  answer.records.clear();
  answer.ttl = 0;
  return {Response::Kind::failed, std::move(answer)};
}

Response answered(Answer answer, Status status, std::uint32_t ttl) {
  answer.status = status;
  answer.failure = Failure::none;
  answer.ttl = least_ttl(answer, ttl);
  return {Response::Kind::answered, std::move(answer)};
}

// NOERROR or NXDOMAIN: where do the aliases lead, and what is there?
Response conclude(const Message& message, const Question& question, Answer answer) {
  auto had = answer.aliases.size();
  bool wants_alias = question.type == Type::cname || question.type == Type::any;
  auto failure = wants_alias ? Failure::none : follow_aliases(answer, message.answers);
  if (failure != Failure::none) return failed(std::move(answer), failure);
  collect_records(answer, message.answers, question.type);

  // RFC 1034 section 3.7: the answer section answers the question or is empty. What holds only the
  // records of others denies nothing.
  bool unrelated = answer.records.empty() && answer.aliases.size() == had;
  if (unrelated && !message.answers.empty()) return failed(std::move(answer), Failure::malformed);

  // RFC 6604 section 3: NXDOMAIN speaks of the end of the chain, so nothing can be there.
  bool nxdomain = message.rcode == rcode::kNxDomain;
  if (nxdomain && !answer.records.empty()) return failed(std::move(answer), Failure::malformed);
  if (!answer.records.empty()) return answered(std::move(answer), Status::found, 0x7fffffff);

  bool denied = message.soa && answer.canonical.is_within(message.soa->owner);
  auto ttl = denied ? message.soa->ttl : 0;
  if (nxdomain) return answered(std::move(answer), Status::nxdomain, ttl);
  if (denied) return answered(std::move(answer), Status::no_data, ttl);
  if (answer.aliases.size() > had) return {Response::Kind::unfinished, std::move(answer)};
  // RFC 2308 section 2.2: name servers without SOA are a referral: this server does not know.
  if (message.delegates && !message.soa && !message.has(flag::kAuthoritative))
    return failed(std::move(answer), Failure::malformed);
  return answered(std::move(answer), Status::no_data, 0);
}

Response judge(const Message& message, const Question& question, Answer answer) {
  answer.authentic = message.has(flag::kAuthentic);
  switch (message.rcode) {
    case rcode::kNoError:
    case rcode::kNxDomain: return conclude(message, question, std::move(answer));
    case rcode::kFormErr:
    case rcode::kNotImp:
    case rcode::kBadVers:
      answer.failure = Failure::servfail;
      return {Response::Kind::no_edns, std::move(answer)};
    case rcode::kRefused: return failed(std::move(answer), Failure::refused);
    case rcode::kServFail:
    default: return failed(std::move(answer), Failure::servfail);
  }
}

}  // namespace

std::string encode(const Question& question, std::uint16_t id, bool edns) {
  std::string out;
  out.reserve(28 + question.name.wire().size());
  append_u16(out, id);
  append_u16(out, flag::kRecursionDesired | flag::kAuthentic);
  append_u16(out, 1);
  out.append(4, '\0');  // no answers, no authority
  append_u16(out, edns ? 1 : 0);
  out += question.name.wire();
  append_u16(out, static_cast<std::uint16_t>(question.type));
  append_u16(out, kClassIn);
  if (!edns) return out;
  out += '\0';  // RFC 6891 section 6.1.2: owned by the root, the size in place of a class
  append_u16(out, static_cast<std::uint16_t>(Type::opt));
  append_u16(out, limits::kEdnsSize);
  out.append(6, '\0');  // no extended rcode, version 0, no flags, no options
  return out;
}

Response decode(std::string_view octets, const Question& question, std::vector<Record> followed) {
  Answer answer;
  answer.canonical = question.name;
  answer.aliases = std::move(followed);
  auto message = read_message(octets, question);
  if (!message) return failed(std::move(answer), Failure::malformed);
  if (message->has(flag::kTruncated)) return {Response::Kind::truncated, std::move(answer)};
  return judge(*message, question, std::move(answer));
}

}  // namespace mailtrust::dns::wire
