#include "dns/txt_line.hpp"

namespace mailtrust::dns {
namespace {

constexpr std::size_t kMaxString = 255;

std::size_t next_string(std::string_view text) {
  if (text.size() <= kMaxString) return text.size();
  auto space = text.rfind(' ', kMaxString - 1);
  return space == std::string_view::npos ? kMaxString : space + 1;
}

void append_octet(std::string& out, char c) {
  auto octet = static_cast<unsigned char>(c);
  if (octet < 0x20 || octet > 0x7e) {
    out += '\\';
    for (unsigned unit : {100U, 10U, 1U}) out += static_cast<char>('0' + octet / unit % 10);
    return;
  }
  if (c == '"' || c == '\\') out += '\\';
  out += c;
}

}  // namespace

std::size_t txt_string_count(std::string_view text) {
  std::size_t count = 0;
  for (auto rest = text; count == 0 || !rest.empty(); ++count)
    rest.remove_prefix(next_string(rest));
  return count;
}

std::string txt_line(const Name& name, std::string_view text) {
  return txt_line(to_absolute_string(name), text);
}

std::string txt_line(std::string_view owner, std::string_view text) {
  std::string out = std::string(owner) + " IN TXT";
  do {
    auto string = text.substr(0, next_string(text));
    out += " \"";
    for (char c : string) append_octet(out, c);
    out += '"';
    text.remove_prefix(string.size());
  } while (!text.empty());
  return out;
}

}  // namespace mailtrust::dns
