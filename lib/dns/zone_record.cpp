#include "dns/zone_record.hpp"

#include "dns/zone_fields.hpp"
#include "dns/zone_ldns.hpp"

namespace mailtrust::dns {
namespace {

bool read_fields(Type type, ZoneFields& fields, std::string& data) {
  switch (type) {
    case Type::a: return fields.address(data, net::Family::v4);
    case Type::aaaa: return fields.address(data, net::Family::v6);
    case Type::txt:
    case Type::spf: return fields.strings(data);
    case Type::mx:
      return fields.number(data, "a preference") && fields.name(data, "a mail exchanger");
    case Type::srv:
      return fields.number(data, "a priority") && fields.number(data, "a weight") &&
             fields.number(data, "a port") && fields.name(data, "a target");
    case Type::cname:
    case Type::dname:
    case Type::ns:
    case Type::ptr: return fields.name(data, "a domain name");
    default: return fields.other(data, type);
  }
}

}  // namespace

std::optional<Type> read_type(std::string_view text) {
  auto type = type_from_string(text);
  return type ? type : ldns_type(text);
}

bool is_data_type(Type type) {
  auto number = static_cast<unsigned>(type);
  return number != 0 && type != Type::opt && (number < 128 || number > 255);
}

bool has_shape(const Record& record) {
  switch (record.type) {
    case Type::a:
    case Type::aaaa: return decode_address(record).has_value();
    case Type::txt:
    case Type::spf: return decode_txt(record).has_value();
    case Type::mx: return decode_mx(record).has_value();
    case Type::cname:
    case Type::dname:
    case Type::ns:
    case Type::ptr: return decode_name(record).has_value();
    default: return true;
  }
}

std::optional<std::string> read_rdata(Type type, std::span<const Token> fields, const Name& origin,
                                      Place place, ZoneErrors& errors) {
  std::string data;
  ZoneFields reader(fields, origin, place, errors);
  if (!fields.empty() && !fields[0].quoted && fields[0].text == "\\#") {
    if (!reader.unknown(data)) return std::nullopt;
    // The decoders of a known type hold for data given as `\#` too.
    if (!has_shape({origin, type, 0, data})) {
      reader.bad(fields[0], "not the data of a " + to_string(type) + " record");
      return std::nullopt;
    }
    return data;
  }
  if (!read_fields(type, reader, data) || !reader.finish(data)) return std::nullopt;
  return data;
}

}  // namespace mailtrust::dns
