#include "dkim/damage/reencoding.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "base/utf8.hpp"
#include "dkim/damage/kinds.hpp"
#include "dkim/damage/removal.hpp"
#include "dkim/damage/rewriting.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kEndsToTry = 64;
constexpr std::size_t kEndsInBase64 = 16;
constexpr std::size_t kPartsAlone = 3;

// The likely ones first.
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

constexpr std::array<Conversion, 5> kConversions = {{
    {Charset::utf8, Charset::latin1},
    {Charset::utf8, Charset::windows1252},
    {Charset::utf8, Charset::latin9},
    {Charset::latin1, Charset::utf8},
    {Charset::windows1252, Charset::utf8},
}};

std::string_view in_words(Encoding encoding) {
  switch (encoding) {
    case Encoding::plain: return "not encoded (7bit or 8bit)";
    case Encoding::quoted_printable: return "in quoted-printable";
    case Encoding::base64: return "in base64";
  }
  return "";
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
    auto body = carried_out(body_, pieces, plan);
    if (!body || *body == body_) return false;
    auto text = probe_.canonical(*body);
    auto end = probe_.find_end(text, kEndsToTry);
    if (!end) return false;
    describe(pieces.front(), plan);
    if (*end < text.size()) damages_.push_back(removed_end(text, *end));
    return true;
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
        auto body = carried_out(body_, std::span(&piece, 1), {kUsualBase64, {}, "", false});
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
