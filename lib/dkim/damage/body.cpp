#include "dkim/damage/body.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dkim/damage/body_probe.hpp"
#include "dkim/damage/kinds.hpp"
#include "dkim/damage/mime_parts.hpp"
#include "dkim/damage/reencoding.hpp"
#include "dkim/damage/removal.hpp"
#include "dkim/damage/text_undo.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::uint64_t kBodyHashes = 64;
constexpr std::uint64_t kLeastBody = 16U << 10;
constexpr std::size_t kEndsToTry = 400;
constexpr std::size_t kEndsBesideOther = 64;  // of a text that something else was undone in

std::uint64_t octets_for(std::string_view body) {
  return kBodyHashes * std::max<std::uint64_t>(body.size(), kLeastBody);
}

std::string with_lf(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text.substr(at, 2) != "\r\n") out += text[at];
  return out;
}

class BodyExamination {
 public:
  BodyExamination(const message::Header& header, const Signature& signature, std::string_view body)
      : signature_(signature),
        as_it_came_(body),
        fields_(content_fields(header)),
        body_(with_crlf(body)),
        probe_(signature, octets_for(body)),
        canonical_(probe_.canonical(body_)) {}

  Findings run() {
    findings_.explained = end_of_text() || removals() || undone_lines() ||
                          signer_hashed_otherwise() || reencodings() || text_at_the_top();
    if (!findings_.explained) note_what_is_known();
    findings_.octets_hashed = probe_.hashed();
    findings_.tried = probe_.tried();
    return std::move(findings_);
  }

 private:
  bool found(Damage damage) {
    findings_.damages.push_back(std::move(damage));
    return true;
  }

  bool found(std::string_view kind, std::string message) {
    return found(make(kind, std::move(message)));
  }

  // Whether `text` fits once its end is cut off. What was cut off is damage of its own.
  bool fits_but_for_end(std::string_view text, std::size_t lines) {
    auto end = probe_.find_end(text, lines);
    if (end && *end < text.size()) found(removed_end(text, *end));
    return end.has_value();
  }

  bool end_of_text() {
    if (fits_but_for_end(canonical_, kEndsToTry)) return true;
    return probe_.fits(probe_.canonical({})) && found(removed_end(canonical_, 0));
  }

  // Nothing was changed on the way: bh= was never the hash that c= and l= promise.
  bool signer_hashed_otherwise() {
    auto form = probe_.form();
    auto other =
        form == Canonicalization::simple ? Canonicalization::relaxed : Canonicalization::simple;
    auto in = [](Canonicalization name) { return std::string(to_string(name)); };
    if (fits_but_for_end(canonical_body(body_, other), kEndsBesideOther))
      return found("other-canonicalization", "would verify with the body in " + in(other) +
                                                 " form, though c= says " + in(form));
    if (probe_.fits(with_lf(canonical_)))
      return found("line-endings", "would verify with LF at the end of lines, where DKIM has CRLF");
    if (as_it_came_ != canonical_ && probe_.fits(as_it_came_))
      return found("line-endings",
                   "would verify with the body hashed as it is, without canonicalization");
    if (signature_.body_length && probe_.fits_without_length(canonical_))
      return found("body-length",
                   "would verify without l=" + std::to_string(*signature_.body_length) +
                       ": bh= is of the whole body");
    return blank_lines_were_hashed();
  }

  bool blank_lines_were_hashed() {
    auto text = std::string(without_last_blank_lines(canonical_));
    if (text.size() >= 2 && probe_.fits(std::string_view(text).substr(0, text.size() - 2)))
      return found("line-endings", "would verify without the line end of the last line");
    for (std::size_t lines = 1; lines <= 3; ++lines) {
      text += "\r\n";
      if (probe_.fits(text))
        return found("blank-lines", "would verify with " + std::to_string(lines) + " empty line" +
                                        (lines > 1 ? "s" : "") +
                                        " hashed at the end, which DKIM passes over");
    }
    return false;
  }

  bool removals() { return take(find_removal(fields_, canonical_, probe_)); }

  bool text_at_the_top() { return take(find_prepended(fields_, canonical_, probe_)); }

  bool reencodings() { return take(find_reencoding(fields_, body_, probe_)); }

  bool take(std::vector<Damage> damages) {
    if (damages.empty()) return false;
    findings_.damages = std::move(damages);
    return true;
  }

  bool undone_lines() {
    for (const auto& suspect : text_undos()) {
      if (probe_.spent()) return false;
      auto undone = suspect.undo(body_);
      if (!undone) continue;
      auto text = probe_.canonical(*undone);
      if (text == canonical_) continue;
      if (fits_but_for_end(text, kEndsBesideOther) || take(find_added_part(fields_, text, probe_)))
        return found(suspect.kind, std::string(suspect.message));
    }
    return false;
  }

  void note_what_is_known() {
    auto size = canonical_.size();
    if (signature_.body_length && *signature_.body_length > size)
      findings_.note = "l= covers " + std::to_string(*signature_.body_length) +
                       " octets of the body, but there are " + std::to_string(size) +
                       ": the end was cut off";
    else
      findings_.note = "no change tried explains the body hash";
  }

  const Signature& signature_;
  std::string_view as_it_came_;
  ContentFields fields_;
  std::string body_;
  BodyProbe probe_;
  std::string canonical_;
  Findings findings_;
};

}  // namespace

Findings examine_body(const message::Header& header, const Signature& signature,
                      std::string_view body) {
  return BodyExamination(header, signature, body).run();
}

}  // namespace mailtrust::dkim::damage
