// Text in the character sets of mail as UTF-8, and encoded words (RFC 2047) with it.
#include "message/charset.hpp"

#include <string>

#include "base/escape.hpp"
#include "fuzz/target.hpp"
#include "message/address.hpp"

using namespace mailtrust;

namespace {

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    auto next = decode_utf8(text);
    if (next.length == 0) return false;
    text.remove_prefix(next.length);
  }
  return true;
}

}  // namespace

MAILTRUST_FUZZ(charset, octets) {
  auto name = fuzz::take_until(octets, '\n');
  auto text = message::to_utf8(name, octets);
  if (text) {
    require(is_utf8(*text) || *text == octets, "what is converted is UTF-8");
    require(text->size() <= 6 * octets.size() + 6, "and linear in what went in");
  }
  static_cast<void>(message::has_iso_2022_jp(octets));
  require(message::decode_words(octets).size() <= 6 * octets.size() + 6, "words are too");
}
