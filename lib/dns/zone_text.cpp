#include "dns/zone_text.hpp"

#include <optional>
#include <string_view>

#include "base/limits.hpp"

namespace mailtrust::dns {
namespace {

// Inside quotes only these need a backslash; a line end never stands as itself.
void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet > 0x7e) {
      out += '\\';
      out += static_cast<char>('0' + octet / 100);
      out += static_cast<char>('0' + octet / 10 % 10);
      out += static_cast<char>('0' + octet % 10);
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

// RFC 1035 section 3.3.14. Nothing when the strings do not fill the RDATA.
std::optional<std::string> strings_text(std::string_view data) {
  if (data.empty()) return std::nullopt;
  std::string out;
  while (!data.empty()) {
    auto length = static_cast<unsigned char>(data[0]);
    if (length >= data.size()) return std::nullopt;
    if (!out.empty()) out += ' ';
    append_quoted(out, data.substr(1, length));
    data.remove_prefix(length + 1U);
  }
  return out;
}

// `count` numbers of 16 bits and a name: the RDATA of MX and SRV, and with none of CNAME.
std::optional<std::string> numbers_and_name_text(std::string_view data, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    if (data.size() < 2) return std::nullopt;
    auto number = static_cast<unsigned char>(data[0]) << 8 | static_cast<unsigned char>(data[1]);
    out += std::to_string(number) + ' ';
    data.remove_prefix(2);
  }
  auto name = Name::from_wire(data);
  if (!name) return std::nullopt;
  return out + to_absolute_string(*name);
}

// RFC 3597 section 5.
std::string unknown_text(std::string_view data) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  auto out = "\\# " + std::to_string(data.size());
  if (!data.empty()) out += ' ';
  for (char c : data) {
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::optional<std::string> known_text(const Record& record) {
  switch (record.type) {
    case Type::a:
    case Type::aaaa:
      if (auto address = decode_address(record)) return to_string(*address);
      return std::nullopt;
    case Type::txt:
    case Type::spf: return strings_text(record.data);
    case Type::cname:
    case Type::dname:
    case Type::ns:
    case Type::ptr: return numbers_and_name_text(record.data, 0);
    case Type::mx: return numbers_and_name_text(record.data, 1);
    case Type::srv: return numbers_and_name_text(record.data, 3);
    default: return std::nullopt;
  }
}

std::string line(const std::string& owner, const Record& record, const std::string& rdata) {
  return owner + ' ' + std::to_string(record.ttl) + " IN " + to_string(record.type) + ' ' + rdata +
         '\n';
}

bool fits(const std::string& line) {
  return line.size() - 1 <= limits::kZoneRecord;
}

}  // namespace

std::string to_rdata_text(const Record& record) {
  auto text = known_text(record);
  return text ? *text : unknown_text(record.data);
}

std::string to_zone_line(const Record& record) {
  auto owner = to_absolute_string(record.owner);
  auto plain = line(owner, record, to_rdata_text(record));
  if (fits(plain)) return plain;
  auto rdata = unknown_text(record.data);
  plain = line(owner, record, rdata);
  if (fits(plain)) return plain;
  return "$ORIGIN " + owner + '\n' + line("@", record, rdata) + "$ORIGIN .\n";
}

}  // namespace mailtrust::dns
