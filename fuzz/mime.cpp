// The parts of a message (RFC 2045, RFC 2046), their content, and encoded words (RFC 2047).
#include "message/mime.hpp"

#include <string>

#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "fuzz/target.hpp"
#include "message/address.hpp"
#include "message/charset.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

bool lies_in(std::string_view part, std::string_view whole) {
  if (part.empty()) return true;
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

void check_part(const message::Structure& structure, std::size_t index, std::string_view body) {
  const auto& part = structure.parts[index];
  require(index == 0 || part.parent < index, "a part comes behind the one around it");
  const auto& around = structure.parts[part.parent];
  require(index == 0 || part.depth == around.depth + 1, "a part is one deeper than what is around");
  require(part.depth <= limits::kMimeDepth, "no deeper than the limit");
  require(lies_in(part.content, body) && lies_in(part.header, body), "a part is in the message");
  require(index == 0 || lies_in(part.content, around.content), "a part is in the one around it");
  auto decoded = message::decode_content(part);
  require(decoded.size() <= part.content.size(), "decoding makes nothing longer");
}

// A head and a body at the first empty line, as message::Reader cuts them.
std::size_t end_of_header(std::string_view octets) {
  if (octets.starts_with('\n')) return 0;
  auto end = octets.find("\n\n");
  return end == std::string_view::npos ? octets.size() : end + 1;
}

}  // namespace

MAILTRUST_FUZZ(mime, octets) {
  auto end = end_of_header(octets);
  auto header = message::Header::parse(octets.substr(0, end));
  auto body = octets.substr(std::min(end + 1, octets.size()));
  auto structure = message::read_structure(header, body);
  require(!structure.parts.empty(), "the message itself is a part");
  require(structure.parts.size() <= limits::kMimeParts + 1, "no more parts than the limit");
  for (std::size_t i = 0; i < structure.parts.size(); ++i) check_part(structure, i, body);
  for (const auto& field : header.fields()) {
    auto words = message::decode_words(field.value);
    require(words.size() <= 4 * field.value.size() + 4, "words grow as their characters do");
  }
}
