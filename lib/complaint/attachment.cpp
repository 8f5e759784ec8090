#include "complaint/attachment.hpp"

#include <algorithm>
#include <utility>

#include "base/base64.hpp"
#include "base/digest.hpp"
#include "complaint/incident.hpp"

namespace mailtrust::complaint {
namespace {

constexpr std::size_t kLine = 998;  // RFC 5322 section 2.1.1
constexpr std::size_t kColumns = 76;

std::string encoding_field(bool eight_bit) {
  return eight_bit ? "Content-Transfer-Encoding: 8bit" : "Content-Transfer-Encoding: 7bit";
}

bool is_printable(char c) {
  return (c >= 33 && c <= 126 && c != '=') || c == '\n';
}

}  // namespace

LineForm line_form(std::string_view octets) {
  LineForm form;
  std::size_t begin = 0;
  while (begin < octets.size()) {
    auto end = std::min(octets.find('\n', begin), octets.size());
    auto line = octets.substr(begin, end - begin);
    bool has_crlf = line.ends_with('\r');
    if (has_crlf && end < octets.size()) line.remove_suffix(1);
    if (!has_crlf && end < octets.size()) form.crlf = false;
    form.unfit = form.unfit || line.size() > kLine || line.find('\r') != std::string_view::npos ||
                 line.find('\0') != std::string_view::npos;
    begin = end + 1;
  }
  form.eight_bit =
      std::ranges::any_of(octets, [](char c) { return static_cast<unsigned char>(c) > 127; });
  return form;
}

std::string base64_lines(std::string_view octets) {
  auto encoded = encode_base64(octets);
  std::string out;
  out.reserve(encoded.size() + encoded.size() / kColumns + 1);
  for (std::size_t at = 0; at < encoded.size(); at += kColumns)
    out.append(encoded, at, kColumns).append(1, '\n');
  return out;
}

// RFC 2045 section 6.7. A CR is a character like another one unless it ends a line.
std::string quoted_printable(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\r' && text.substr(i).starts_with("\r\n")) continue;
    bool before_end = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
    bool plain = is_printable(c) || ((c == ' ' || c == '\t') && !before_end);
    if (column + 3 >= kColumns && c != '\n') {
      out += "=\n";
      column = 0;
    }
    auto octet = static_cast<unsigned char>(c);
    if (plain)
      out += c;
    else
      out.append({'=', kDigits[octet >> 4U], kDigits[octet & 15U]});
    column = c == '\n' ? 0 : column + (plain ? 1 : 3);
  }
  return out;
}

Section original_section(std::string_view octets, bool header_only) {
  auto form = line_form(octets);
  Section section;
  if (!form.unfit && !header_only) {
    section.fields = {"Content-Type: message/rfc822", "Content-Disposition: inline",
                      encoding_field(form.eight_bit)};
    section.view = octets;
    section.eight_bit = form.eight_bit;
    return section;
  }
  auto header = octets.substr(0, body_offset(octets));
  form = line_form(header);
  section.fields = {"Content-Type: text/rfc822-headers", "Content-Disposition: inline"};
  // RFC 6522 section 4: headers that are broken may be in quoted-printable.
  section.fields.emplace_back(form.unfit ? "Content-Transfer-Encoding: quoted-printable"
                                         : encoding_field(form.eight_bit));
  section.eight_bit = form.eight_bit && !form.unfit;
  if (form.unfit)
    section.text = quoted_printable(header);
  else
    section.view = header;
  return section;
}

Section opaque_section(std::string_view octets) {
  Section section;
  section.fields = {"Content-Type: application/octet-stream",
                    "Content-Disposition: attachment; filename=\"original.eml\"",
                    "Content-Transfer-Encoding: base64"};
  section.text = base64_lines(octets);
  return section;
}

Section text_section(std::string_view type, std::string text) {
  auto form = line_form(text);
  Section section;
  section.fields = {"Content-Type: " + std::string(type) +
                        (form.eight_bit ? "; charset=utf-8" : "; charset=us-ascii"),
                    encoding_field(form.eight_bit)};
  section.text = std::move(text);
  section.eight_bit = form.eight_bit;
  return section;
}

std::string boundary_for(const std::vector<Section>& sections) {
  std::string all;
  for (const auto& section : sections) all += hash(Digest::sha256, section.content());
  while (true) {
    all = hash(Digest::sha256, all);
    auto boundary = "=_mailtrust_" + to_hex(all.substr(0, 16));
    bool unused = std::ranges::none_of(sections, [&](const Section& section) {
      return section.content().find(boundary) != std::string_view::npos;
    });
    if (unused) return boundary;
  }
}

}  // namespace mailtrust::complaint
