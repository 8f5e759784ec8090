#include "dkim/damage/kinds.hpp"

#include <algorithm>
#include <array>

namespace mailtrust::dkim::damage {
namespace {

constexpr std::string_view kList =
    "who runs the list: leave subject and body as they are, or sign again with the list's own "
    "domain (and its address in From)";
constexpr std::string_view kRelay =
    "who runs the relay in between: pass signed mail on as it came, or check before the change and "
    "seal it with ARC";
constexpr std::string_view kRelaxed =
    "the sender: sign with c=relaxed/relaxed, which this change does not break";
constexpr std::string_view kSignLate =
    "the sender: sign after the last program that touches the message";
constexpr std::string_view kEncode =
    "the sender: sign mail that is encoded for 7-bit transport already (quoted-printable or "
    "base64), so that no relay has to convert it";
constexpr std::string_view kSigner =
    "the sender: the signing software is at fault; have it hash what c= says";
constexpr std::string_view kMailbox =
    "whoever saved or forwarded the message: take it in a form that is not quoted (an .eml file), "
    "or undo the quoting";

constexpr std::array<Kind, 28> kKinds = {{
    {"addresses-rewritten", kSignLate},
    {"blank-lines", kRelay},
    {"body-length", "the sender: do not use l=; whoever can append to a body can abuse it"},
    {"body-was-empty", kSignLate},
    {"charset", kEncode},
    {"content-type", kRelay},
    {"date-rewritten", kSignLate},
    {"dot-stuffing",
     "who runs the relay in between: it speaks SMTP wrongly (RFC 5321 section "
     "4.5.2)"},
    {"encoded-words", kRelay},
    {"field-added", kRelay},
    {"field-name-case", kRelaxed},
    {"field-removed", kRelay},
    {"field-rewritten", kRelay},
    {"field-spacing", kRelaxed},
    {"footer-appended", kList},
    {"from-quoting", kMailbox},
    {"from-rewritten", kList},
    {"header-order", kRelay},
    {"header-refolded", kRelaxed},
    {"line-endings", kSigner},
    {"lines-wrapped", "the sender: keep lines under 998 octets, as RFC 5322 asks, or encode them"},
    {"mime-part-added", kList},
    {"other-canonicalization", kSigner},
    {"subject-prefix", kList},
    {"tabs", kRelaxed},
    {"text-prepended", kRelay},
    {"trailing-space", kRelaxed},
    {"transfer-encoding", kEncode},
}};

static_assert(std::ranges::is_sorted(kKinds, {}, &Kind::word));

}  // namespace

std::span<const Kind> kinds() {
  return kKinds;
}

Damage make(std::string_view word, std::string message) {
  const auto* kind = std::ranges::find(kKinds, word, &Kind::word);
  std::string hint(kind == kKinds.end() ? std::string_view() : kind->hint);
  return {std::string(word), std::move(message), std::move(hint)};
}

}  // namespace mailtrust::dkim::damage
