#include "dns/resolver.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/number.hpp"

namespace mailtrust::dns {
namespace {

struct TypeName {
  Type type;
  std::string_view name;
};

constexpr std::array kTypeNames = {
    TypeName{Type::a, "A"},         TypeName{Type::ns, "NS"},     TypeName{Type::cname, "CNAME"},
    TypeName{Type::soa, "SOA"},     TypeName{Type::ptr, "PTR"},   TypeName{Type::mx, "MX"},
    TypeName{Type::txt, "TXT"},     TypeName{Type::aaaa, "AAAA"}, TypeName{Type::srv, "SRV"},
    TypeName{Type::dname, "DNAME"}, TypeName{Type::opt, "OPT"},   TypeName{Type::ds, "DS"},
    TypeName{Type::rrsig, "RRSIG"}, TypeName{Type::tlsa, "TLSA"}, TypeName{Type::spf, "SPF"},
    TypeName{Type::any, "ANY"},     TypeName{Type::caa, "CAA"},
};

// Decodes every record. A record of the wrong shape means that the answer is not one (the resolvers
// check shapes too; this holds for any Resolver).
template <typename T, typename Decode>
Lookup<T> decode_all(AnswerPtr answer, Decode decode) {
  Lookup<T> lookup{answer->status, {}, answer};
  lookup.records.reserve(answer->records.size());
  for (const auto& record : answer->records) {
    auto value = decode(record);
    if (!value) return {Status::failed, {}, std::move(answer)};
    lookup.records.push_back(std::move(*value));
  }
  return lookup;
}

std::span<const std::uint8_t> octets(std::string_view data) {
  return {reinterpret_cast<const std::uint8_t*>(data.data()), data.size()};
}

}  // namespace

std::string to_string(Type type) {
  auto known = std::ranges::find(kTypeNames, type, &TypeName::type);
  if (known != kTypeNames.end()) return std::string(known->name);
  return "TYPE" + std::to_string(static_cast<unsigned>(type));
}

std::optional<Type> type_from_string(std::string_view text) {
  for (const auto& known : kTypeNames)
    if (ascii::iequals(known.name, text)) return known.type;
  if (!ascii::istarts_with(text, "TYPE")) return std::nullopt;
  auto number = parse_number<std::uint16_t>(text.substr(4));
  if (!number) return std::nullopt;
  return static_cast<Type>(*number);
}

std::string to_string(const Question& question) {
  return to_string(question.name) + ' ' + to_string(question.type);
}

std::string_view to_string(Status status) {
  switch (status) {
    case Status::found: return "found";
    case Status::no_data: return "no data";
    case Status::nxdomain: return "no such name";
    case Status::failed: return "could not tell";
  }
  return "could not tell";
}

std::string_view to_string(Failure failure) {
  switch (failure) {
    case Failure::none: return "none";
    case Failure::timeout: return "timeout";
    case Failure::servfail: return "server failure";
    case Failure::refused: return "refused";
    case Failure::malformed: return "malformed answer";
    case Failure::unreachable: return "no server reached";
    case Failure::alias_loop: return "CNAME chain too long";
    case Failure::too_many: return "too many questions";
    case Failure::cancelled: return "cancelled";
  }
  return "could not tell";
}

AnswerPtr could_not_tell(const Question& question, Failure failure) {
  Answer answer;
  answer.failure = failure;
  answer.canonical = question.name;
  return std::make_shared<const Answer>(std::move(answer));
}

AnswerPtr respell(AnswerPtr answer, const Name& name) {
  auto is_spelled = [&](const Name& other) { return other.wire() == name.wire(); };
  if (is_spelled(answer->canonical) &&
      std::ranges::all_of(answer->records, is_spelled, &Record::owner))
    return answer;
  auto copy = std::make_shared<Answer>(*answer);
  copy->canonical = name;
  for (auto& record : copy->records) record.owner = name;
  return copy;
}

AnswerPtr Resolver::query_until(const Question& question, Deadline /*deadline*/) {
  return query(question);
}

void Resolver::prefetch(std::span<const Question> /*questions*/) {}

void Resolver::give_up(const Question& /*question*/) {}

Lookup<std::string> Resolver::txt(const Name& name) {
  return decode_all<std::string>(query({name, Type::txt}), decode_txt);
}

Lookup<Mx> Resolver::mx(const Name& name) {
  auto lookup = decode_all<Mx>(query({name, Type::mx}), decode_mx);
  std::ranges::stable_sort(lookup.records, {}, &Mx::preference);
  return lookup;
}

Lookup<Name> Resolver::ptr(const net::Address& address) {
  auto name = Name::read(reverse_name(address));
  return decode_all<Name>(query({*name, Type::ptr}), decode_name);
}

Lookup<net::Address> Resolver::addresses(const Name& name, net::Family family) {
  return addresses(name, family, Deadline::max());
}

Lookup<net::Address> Resolver::addresses(const Name& name, net::Family family, Deadline deadline) {
  auto type = family == net::Family::v4 ? Type::a : Type::aaaa;
  return decode_all<net::Address>(query_until({name, type}, deadline), decode_address);
}

std::optional<std::string> decode_txt(const Record& record) {
  std::string text;
  std::string_view data = record.data;
  if (data.empty()) return std::nullopt;
  text.reserve(data.size());
  while (!data.empty()) {
    auto length = static_cast<unsigned char>(data[0]);
    if (length >= data.size()) return std::nullopt;
    text += data.substr(1, length);
    data.remove_prefix(length + 1U);
  }
  return text;
}

std::optional<Mx> decode_mx(const Record& record) {
  auto data = octets(record.data);
  if (data.size() < 3) return std::nullopt;
  auto exchange = Name::from_wire(std::string_view(record.data).substr(2));
  if (!exchange) return std::nullopt;
  return Mx{static_cast<std::uint16_t>(data[0] << 8 | data[1]), *exchange};
}

std::optional<Name> decode_name(const Record& record) {
  return Name::from_wire(record.data);
}

std::optional<net::Address> decode_address(const Record& record) {
  auto data = octets(record.data);
  if (record.type == Type::a && data.size() == 4) return net::Address::v4(data.first<4>());
  if (record.type == Type::aaaa && data.size() == 16) return net::Address::v6(data.first<16>());
  return std::nullopt;
}

}  // namespace mailtrust::dns
