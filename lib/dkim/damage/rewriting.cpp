#include "dkim/damage/rewriting.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::dkim::damage {
namespace {

Encoding encoding_of(const ContentFields& fields) {
  if (ascii::iequals(fields.encoding, "quoted-printable")) return Encoding::quoted_printable;
  return ascii::iequals(fields.encoding, "base64") ? Encoding::base64 : Encoding::plain;
}

std::optional<std::string> decoded(std::string_view content, Encoding encoding) {
  switch (encoding) {
    case Encoding::plain: return std::string(content);
    case Encoding::quoted_printable: return decode_quoted_printable(content);
    case Encoding::base64: return decode_base64_lines(content);
  }
  return std::nullopt;
}

void add_piece(std::vector<Piece>& pieces, std::string_view body, Piece piece) {
  piece.encoding = encoding_of(piece.fields);
  auto content = body.substr(piece.content, piece.end - piece.content);
  auto octets = decoded(content, piece.encoding);
  if (!octets || octets->empty()) return;
  piece.octets = std::move(*octets);
  pieces.push_back(std::move(piece));
}

// Replaces the first `old` of `text` that follows `after`, without regard to case.
void replace_after(std::string& text, std::string_view after, std::string_view old,
                   std::string_view instead) {
  auto same = [](char a, char b) { return ascii::lower(a) == ascii::lower(b); };
  auto from = std::search(text.begin(), text.end(), after.begin(), after.end(), same);
  if (old.empty()) return;
  auto found = std::search(from, text.end(), old.begin(), old.end(), same);
  if (found != text.end())
    text.replace(static_cast<std::size_t>(found - text.begin()), old.size(), instead);
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

std::string_view encoding_word(const Plan& plan) {
  switch (plan.writing.encoding) {
    case Encoding::plain: return plan.plain_word;
    case Encoding::quoted_printable: return "quoted-printable";
    case Encoding::base64: return "base64";
  }
  return "";
}

void rewrite_header(std::string& header, const Piece& piece, const Plan& plan) {
  if (piece.encoding != plan.writing.encoding)
    replace_after(header, "Content-Transfer-Encoding:", piece.fields.encoding, encoding_word(plan));
  if (plan.conversion) {
    std::string name(to_string(plan.conversion->signed_in));
    if (plan.upper_case_charset) name = upper(std::move(name));
    replace_after(header, "charset=", parameter(piece.fields.type, "charset"), name);
  }
  // What Sendmail leaves behind when it converts.
  auto trace = header.find("X-MIME-Autoconverted:");
  if (trace != std::string::npos && (trace == 0 || header[trace - 1] == '\n'))
    header.erase(trace, std::min(header.find("\r\n", trace), header.size() - 2) + 2 - trace);
}

std::optional<std::string> rewritten(std::string_view octets, const Plan& plan) {
  if (!plan.conversion) return written(octets, plan.writing);
  auto text = convert(octets, plan.conversion->now, plan.conversion->signed_in);
  if (!text) return std::nullopt;
  return written(*text, plan.writing);
}

}  // namespace

std::vector<Piece> pieces_of(const ContentFields& fields, std::string_view body) {
  std::vector<Piece> pieces;
  if (!fields.is_multipart()) {
    add_piece(pieces, body, {fields, 0, 0, body.size(), {}, Encoding::plain});
    return pieces;
  }
  for (const auto& part : parts_of(fields, body))
    if (part.is_leaf() && part.fields.is_text())
      add_piece(pieces, body,
                {part.fields, part.header, part.content, part.end, {}, Encoding::plain});
  return pieces;
}

std::string written(std::string_view octets, const Writing& writing) {
  switch (writing.encoding) {
    case Encoding::plain: return std::string(octets);
    case Encoding::quoted_printable: return encode_quoted_printable(octets, writing.style);
    case Encoding::base64: return encode_base64_lines(octets, writing.width);
  }
  return {};
}

std::optional<std::string> carried_out(std::string_view body, std::span<const Piece> pieces,
                                       const Plan& plan) {
  std::string out;
  std::size_t done = 0;
  for (const auto& piece : pieces) {
    auto content = rewritten(piece.octets, plan);
    if (!content) return std::nullopt;
    // The line end before a boundary is the boundary's.
    bool line_end_too_many = plan.writing.encoding == Encoding::base64 && !plan.writing.blank_line;
    if (piece.header < piece.content && line_end_too_many && content->ends_with("\r\n"))
      content->resize(content->size() - 2);
    out += body.substr(done, piece.header - done);
    auto header = std::string(body.substr(piece.header, piece.content - piece.header));
    if (!header.empty()) rewrite_header(header, piece, plan);
    out.append(header).append(*content);
    done = piece.end;
  }
  return out.append(body.substr(done));
}

}  // namespace mailtrust::dkim::damage
