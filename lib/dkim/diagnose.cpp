#include "dkim/diagnose.hpp"

#include "dkim/damage/body.hpp"
#include "dkim/damage/header.hpp"

namespace mailtrust::dkim {
namespace {

void take(damage::Findings findings, Diagnosis& diagnosis, bool& explained) {
  explained = findings.explained;
  for (auto& damage : findings.damages) diagnosis.damages.push_back(std::move(damage));
  if (findings.note.empty()) return;
  if (!diagnosis.note.empty()) diagnosis.note += "; ";
  diagnosis.note += findings.note;
}

}  // namespace

// The two halves are independent: b= covers bh= as it stands in the signature, not the body.
Diagnosis diagnose(const message::Header& header, const Verification& verification,
                   std::optional<std::string_view> body) {
  Diagnosis diagnosis;
  diagnosis.body_explained = verification.body_matches.value_or(true);
  diagnosis.header_explained = verification.header_matches.value_or(true);
  if (!verification.signature().algorithm) return diagnosis;
  if (!diagnosis.body_explained && !body)
    diagnosis.note = "the body was too large to be kept: what happened to it was not looked for";
  if (!diagnosis.body_explained && body)
    take(damage::examine_body(header, verification.signature(), *body), diagnosis,
         diagnosis.body_explained);
  if (!diagnosis.header_explained)
    take(damage::examine_header(header, verification, body.value_or("")), diagnosis,
         diagnosis.header_explained);
  return diagnosis;
}

}  // namespace mailtrust::dkim
