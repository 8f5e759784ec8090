#include "dkim/damage/reencoding.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "base/ascii.hpp"
#include "dkim/damage/kinds.hpp"
#include "dkim/damage/recode.hpp"
#include "dkim/damage/removal.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kEndsToTry = 64;
constexpr std::size_t kEndsInBase64 = 16;
constexpr std::size_t kPartsAlone = 3;

enum class Encoding { plain, quoted_printable, base64 };

Encoding encoding_of(const ContentFields& fields) {
  if (ascii::iequals(fields.encoding, "quoted-printable")) return Encoding::quoted_printable;
  return ascii::iequals(fields.encoding, "base64") ? Encoding::base64 : Encoding::plain;
}

std::string_view in_words(Encoding encoding) {
  switch (encoding) {
    case Encoding::plain: return "not encoded (7bit or 8bit)";
    case Encoding::quoted_printable: return "in quoted-printable";
    case Encoding::base64: return "in base64";
  }
  return "";
}

// One way that a text may have been written when it was signed.
struct Writing {
  Encoding encoding = Encoding::plain;
  QuotedStyle style;
  std::size_t width = 76;   // of a base64 line
  bool blank_line = false;  // after the base64 of a part
};

constexpr std::array<Writing, 9> kWritings = {{
    {Encoding::plain, {}, 76, false},
    {Encoding::quoted_printable, kQuotedStyles[0], 76, false},
    {Encoding::base64, {}, 76, false},
    {Encoding::quoted_printable, kQuotedStyles[1], 76, false},
    {Encoding::base64, {}, 76, true},
    {Encoding::base64, {}, 72, false},
    {Encoding::quoted_printable, kQuotedStyles[2], 76, false},
    {Encoding::base64, {}, 64, false},
    {Encoding::base64, {}, 60, false},
}};

constexpr auto kUsualBase64 = kWritings[2];

struct Conversion {
  Charset now = Charset::utf8;
  Charset signed_in = Charset::utf8;
};

constexpr std::array<Conversion, 5> kConversions = {{
    {Charset::utf8, Charset::latin1},
    {Charset::utf8, Charset::windows1252},
    {Charset::utf8, Charset::latin9},
    {Charset::latin1, Charset::utf8},
    {Charset::windows1252, Charset::utf8},
}};

std::optional<std::string> decoded(std::string_view content, Encoding encoding) {
  switch (encoding) {
    case Encoding::plain: return std::string(content);
    case Encoding::quoted_printable: return decode_quoted_printable(content);
    case Encoding::base64: return decode_base64_lines(content);
  }
  return std::nullopt;
}

std::string written(std::string_view octets, const Writing& writing) {
  switch (writing.encoding) {
    case Encoding::plain: return std::string(octets);
    case Encoding::quoted_printable: return encode_quoted_printable(octets, writing.style);
    case Encoding::base64: return encode_base64_lines(octets, writing.width);
  }
  return {};
}

// A text of the message: all of its body, or a part.
struct Piece {
  ContentFields fields;
  std::size_t header = 0;  // empty header: it is that of the message
  std::size_t content = 0;
  std::size_t end = 0;
  std::string octets;  // decoded
  Encoding encoding = Encoding::plain;
};

void add_piece(std::vector<Piece>& pieces, std::string_view body, Piece piece) {
  piece.encoding = encoding_of(piece.fields);
  auto content = body.substr(piece.content, piece.end - piece.content);
  auto octets = decoded(content, piece.encoding);
  if (!octets || octets->empty()) return;
  piece.octets = std::move(*octets);
  pieces.push_back(std::move(piece));
}

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

// Replaces the first `old` of `text` that follows `after`, without regard to case.
void replace_after(std::string& text, std::string_view after, std::string_view old,
                   std::string_view instead) {
  auto same = [](char a, char b) { return ascii::lower(a) == ascii::lower(b); };
  auto from = std::ranges::search(text, after, same);
  if (from.empty() || old.empty()) return;
  auto found = std::ranges::search(from.end(), text.end(), old.begin(), old.end(), same);
  if (!found.empty())
    text.replace(static_cast<std::size_t>(found.begin() - text.begin()), old.size(), instead);
}

// How the whole is to be written; nothing changes where the writing is what it is already.
struct Plan {
  Writing writing;
  std::optional<Conversion> conversion;
  std::string_view plain_word;  // of Content-Transfer-Encoding, for text that is not encoded
  bool upper_case_charset = false;

  [[nodiscard]] std::string_view encoding_word() const {
    switch (writing.encoding) {
      case Encoding::plain: return plain_word;
      case Encoding::quoted_printable: return "quoted-printable";
      case Encoding::base64: return "base64";
    }
    return "";
  }
};

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

void rewrite_header(std::string& header, const Piece& piece, const Plan& plan) {
  if (piece.encoding != plan.writing.encoding)
    replace_after(header, "Content-Transfer-Encoding:", piece.fields.encoding,
                  plan.encoding_word());
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

class Reencoding {
 public:
  Reencoding(const ContentFields& fields, std::string_view body, BodyProbe& probe)
      : body_(body), probe_(probe), multipart_(fields.is_multipart()) {
    pieces_ = pieces_of(fields, body);
    for (const auto& piece : pieces_) ascii_ = ascii_ && is_ascii(piece.octets);
  }

  std::vector<Damage> run() {
    auto all = std::span<const Piece>(pieces_);
    if (!all.empty() && (encodings(all) || base64_with_footer() || wrapped())) return damages_;
    if (all.size() > 1)
      for (std::size_t i = 0; i < std::min(all.size(), kPartsAlone); ++i)
        if (encodings(all.subspan(i, 1))) return damages_;
    if (!ascii_ && !all.empty()) charsets(all);
    return damages_;
  }

 private:
  // Writings that lead to the body as it is are found out when it is there.
  bool try_plan(std::span<const Piece> pieces, const Plan& plan) {
    if (probe_.spent()) return false;
    auto body = carried_out(pieces, plan);
    if (!body || *body == body_) return false;
    auto text = probe_.canonical(*body);
    auto end = probe_.find_end(text, kEndsToTry);
    if (!end) return false;
    describe(pieces.front(), plan);
    if (*end < text.size()) damages_.push_back(removed_end(text, *end));
    return true;
  }

  [[nodiscard]] std::optional<std::string> carried_out(std::span<const Piece> pieces,
                                                       const Plan& plan) const {
    std::string body;
    std::size_t done = 0;
    for (const auto& piece : pieces) {
      auto content = rewritten(piece.octets, plan);
      if (!content) return std::nullopt;
      // The line end before a boundary is the boundary's.
      bool line_end_too_many =
          plan.writing.encoding == Encoding::base64 && !plan.writing.blank_line;
      if (multipart_ && line_end_too_many && content->ends_with("\r\n"))
        content->resize(content->size() - 2);
      body += body_.substr(done, piece.header - done);
      auto header = std::string(body_.substr(piece.header, piece.content - piece.header));
      if (!header.empty()) rewrite_header(header, piece, plan);
      body.append(header).append(*content);
      done = piece.end;
    }
    return body.append(body_.substr(done));
  }

  bool encodings(std::span<const Piece> pieces) {
    for (const auto& writing : kWritings) {
      if (writing.blank_line && !multipart_) continue;
      if (try_plan(pieces, {writing, {}, "8bit", false})) return true;
      bool plain_in_part = multipart_ && writing.encoding == Encoding::plain;
      if (plain_in_part && try_plan(pieces, {writing, {}, "7bit", false})) return true;
    }
    return false;
  }

  // The way it is written now comes first: usually only the character set was touched.
  bool charsets(std::span<const Piece> pieces) {
    bool utf8 = std::ranges::all_of(pieces, is_utf8, &Piece::octets);
    for (const auto& conversion : kConversions) {
      if ((conversion.now == Charset::utf8) != utf8) continue;
      for (const auto& writing : kWritings) {
        if (writing.width != 76 || writing.blank_line) continue;
        if (try_plan(pieces, {writing, conversion, "8bit", false})) return true;
        if (multipart_ && try_plan(pieces, {writing, conversion, "8bit", true})) return true;
      }
    }
    return false;
  }

  // A list decodes base64, appends its footer and encodes all of it again.
  bool base64_with_footer() {
    if (pieces_.size() != 1 || pieces_.front().encoding != Encoding::base64) return false;
    auto piece = pieces_.front();
    const auto octets = piece.octets;
    auto end = octets.size();
    for (std::size_t i = 0; i < kEndsInBase64 && end > 1; ++i) {
      auto at = octets.rfind('\n', end - 2);
      end = at == std::string::npos ? 0 : at + 1;
      for (std::size_t without_line_end : {0U, 2U}) {
        if (end <= without_line_end) continue;
        piece.octets = octets.substr(0, end - without_line_end);
        auto body = carried_out(std::span(&piece, 1), {kUsualBase64, {}, "", false});
        if (!body || !probe_.fits(probe_.canonical(*body))) continue;
        damages_.push_back(removed_end(octets, end));
        return true;
      }
    }
    return false;
  }

  // A list that made a multipart of the message, and wrote the text in it anew.
  bool wrapped() {
    if (!multipart_) return false;
    const auto& piece = pieces_.front();
    for (const auto& writing : kWritings) {
      if (writing.width != 76 || writing.blank_line || probe_.spent()) continue;
      if (!probe_.fits(probe_.canonical(written(piece.octets, writing)))) continue;
      damages_.push_back(make("mime-part-added",
                              "would verify with only the content of the first text part as body: "
                              "a multipart was made around it"));
      describe(piece, {writing, {}, "8bit", false});
      return true;
    }
    return false;
  }

  void describe(const Piece& piece, const Plan& plan) {
    if (plan.conversion)
      damages_.push_back(make("charset", "would verify with the text in " +
                                             std::string(to_string(plan.conversion->signed_in)) +
                                             ", not " +
                                             std::string(to_string(plan.conversion->now)) +
                                             ": the character set was rewritten"));
    if (piece.encoding == plan.writing.encoding && plan.conversion) return;
    std::string now(in_words(piece.encoding));
    std::string then(in_words(plan.writing.encoding));
    std::string message = piece.encoding == plan.writing.encoding
                              ? "would verify with the text in other lines of " + now.substr(3)
                              : "would verify with the text " + then + "; it is " + now;
    damages_.push_back(
        make("transfer-encoding", message + ": the transfer encoding was rewritten"));
  }

  std::string_view body_;
  BodyProbe& probe_;
  bool multipart_;
  bool ascii_ = true;
  std::vector<Piece> pieces_;
  std::vector<Damage> damages_;
};

}  // namespace

std::vector<Damage> find_reencoding(const ContentFields& fields, std::string_view body,
                                    BodyProbe& probe) {
  return Reencoding(fields, body, probe).run();
}

}  // namespace mailtrust::dkim::damage
