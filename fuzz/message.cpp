// A message read from its first octet to its last (RFC 5322 sections 2.1 and 4.5): the same whole
// and in pieces, and a header that is written out reads as itself.
#include <string>

#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"
#include "message/header.hpp"
#include "message/reader.hpp"

using namespace mailtrust;
using fuzz::require;
using message::Header;

namespace {

struct Read {
  Header header;
  std::string body;
  std::string error;
};

Read read_all(message::Octets& octets, std::size_t most) {
  Read read;
  message::Reader reader(octets, "m", most);
  auto header = reader.header();
  if (!header) {
    read.error = header.error().message;
    return read;
  }
  read.header = std::move(*header);
  while (true) {
    auto piece = reader.body();
    if (!piece) read.error = piece.error().message;
    if (!piece || piece->empty()) return read;
    read.body += *piece;
  }
}

bool same(const Header& a, const Header& b) {
  return std::ranges::equal(a.fields(), b.fields(), [](const auto& one, const auto& other) {
    return one.raw == other.raw && one.name == other.name && one.value == other.value;
  });
}

void check_fields(const Header& header, std::size_t octets) {
  std::string printed;
  std::size_t line = 0;
  for (const auto& field : header.fields()) {
    require(field.line > line, "lines go up");
    require(field.raw.ends_with("\r\n"), "each field ends in CRLF");
    require(field.name.size() + field.value.size() <= field.raw.size(), "a field is in its lines");
    require(message::unfold(field.value).size() <= field.value.size(), "unfolding adds nothing");
    if (field.is_field()) require(header.find(field.name) != nullptr, "what is there is found");
    line = field.line;
    printed += field.raw;
  }
  require(printed.size() <= 2 * octets + 2, "a CR a line is all that is added");
  if (message::is_from_line(printed)) return;  // passed over, and no field, when it is in front
  require(same(header, Header::parse(printed)), "what was printed reads the same");
}

}  // namespace

MAILTRUST_FUZZ(message, octets) {
  auto most = fuzz::is_one_of(8, octets) ? octets.size() / 2 : limits::kMessage;
  message::ViewedOctets viewed(octets);
  auto whole = read_all(viewed, most);
  if (fuzz::is_one_of(4, octets)) {
    fuzz::PiecedOctets pieced(octets);
    auto pieces = read_all(pieced, most);
    require(whole.error == pieces.error, "pieces fail as the whole does");
    bool sound = whole.error.empty();
    require(!sound || same(whole.header, pieces.header), "pieces give the same header");
    require(!sound || whole.body == pieces.body, "pieces give the same body");
  }
  if (!whole.error.empty()) return;
  require(whole.body.size() <= octets.size(), "a body is part of its message");
  check_fields(whole.header, octets.size());
}
