#include "bounce/automatic.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "base/ascii.hpp"
#include "bounce/delivery_status.hpp"

namespace mailtrust::bounce {
namespace {

using Words = std::span<const std::string_view>;

std::string value_of(const Mail& mail, std::string_view name) {
  const auto* field = mail.header.find(name);
  return field != nullptr ? ascii::to_lower(message::on_one_line(field->value)) : std::string{};
}

bool has(const Mail& mail, std::string_view name) {
  return mail.header.find(name) != nullptr;
}

bool holds_any(std::string_view text, Words words) {
  return std::ranges::any_of(words,
                             [&](auto word) { return text.find(word) != std::string_view::npos; });
}

bool begins_with_any(std::string_view text, Words words) {
  return std::ranges::any_of(words, [&](auto word) { return text.starts_with(word); });
}

// As mail programs begin the subjects of automatic answers, in lower case (letters outside of ASCII
// as they stand).
constexpr auto kReplySubjects = std::to_array<std::string_view>({
    "abwesend:",
    "abwesenheitsnotiz",
    "automaatvastus",
    "automatická odpoveď",
    "automatinis atsakymas",
    "automatski odgovor",
    "automātiska atbilde",
    "balasan otomatis",
    "message automatique",
    "odpowiedź automatyczna",
    "resposta automàtica",
    "samodejni odgovor",
    "sjálfvirkt svar",
    "trả lời tự động",
    "Αυτόματη απάντηση",
    "Автоматичен отговор",
    "Автоматический ответ",
    "Автоматична відповідь",
    "Автоответ",
    "Автоматски одговор",
    "מענה אוטומטי",
    "תשובה אוטומטית",
    "رد تلقائي",
    "الرد التلقائي",
    "ตอบกลับอัตโนมัติ",
    "不在通知",
    "自动答复",
    "自動回覆",
    "부재 중 자동 회신",
    "auto reply",
    "auto response",
    "auto-reply",
    "auto-response",
    "automaattinen vastaus",
    "automatic reply",
    "automatic response",
    "automatická odpověď",
    "automatické odpovědi",
    "automatikus válasz",
    "automatisch antwoord",
    "automatische antwort",
    "automatisches antworten",
    "automatisk svar",
    "automatiskt svar",
    "automatyczna odpowiedź",
    "autoreply",
    "autoresponder",
    "autosvar",
    "otomatik yanıt",
    "out of office",
    "out of the office",
    "resposta automática",
    "respuesta automática",
    "risposta automatica",
    "răspuns automat",
    "réponse automatique",
    "vacation reply",
    "автоответ",
    "автоматический ответ",
    "自动回复",
    "自動回复",
    "自動返信",
    "自動応答",
    "자동 회신",
});

// People write these too: they count beside another sign of a program.
constexpr auto kAbsenceSubjects = std::to_array<std::string_view>({
    "abwesenheit",   "absence",
    "absent",        "afwezig",
    "auto:",         "away",
    "estoy ausente", "frånvaro",
    "fraværende",    "fuera de la oficina",
    "fuori sede",    "fuori ufficio",
    "i am away",     "i am out of",
    "i'm out of",    "niet aanwezig",
    "nieobecno",     "not in the office",
    "on holiday",    "on vacation",
    "ooo",           "poza biurem",
    "urlaub",        "vacation",
    "不在",          "부재중",
});

// The same in the midst of a subject: "Bob is out of the office (returning ...)".
constexpr auto kAbsenceWords = std::to_array<std::string_view>({
    "abwesend",
    "absent(e)",
    "ausente",
    "fuera de la oficina",
    "is away",
    "is out of the office",
    "is on vacation",
    "nicht im büro",
    "out of office",
    "out of the office",
});

// Challenges: filters that hold mail back until its sender confirms.
constexpr auto kChallenges = std::to_array<std::string_view>(
    {"please confirm your message", "confirmation required", "[boxbe]", "verify your email to",
     "your email requires verification", "please confirm your email to",
     "action required: confirm"});

constexpr auto kSystems = std::to_array<std::string_view>(
    {"mailer-daemon", "mailerdaemon", "mailer daemon", "mail delivery", "mail deliver system",
     "postmaster", "mail administrator", "mail-daemon", "maildaemon", "mail system",
     "delivery subsystem", "mail transport", "email delivery", "mdaemon", "mail gateway",
     "non-delivery"});

constexpr auto kDeliverySubjects = std::to_array<std::string_view>({
    "undeliver",
    "undelivered",
    "returned mail",
    "returned email",
    "return receipt",
    "delivery",
    "delivering",
    "could not be delivered",
    "not delivered",
    "failure notice",
    "failure",
    "failed",
    "nondeliverable",
    "non-deliverable",
    "mail error",
    "mail system error",
    "error sending your mail",
    "trouble delivering",
    "message rejected",
    "message status",
    "rejected",
    "bounce",
    "user unknown",
    "unknown user",
    "warning: could not send",
    "returning message",
    "message delayed",
    "delayed",
    "unzustellbar",
    "nicht zugestellt",
    "zustell",
    "non remis",
    "non distribu",
    "échec",
    "no entregado",
    "no se puede entregar",
    "non recapitabile",
    "mancato recapito",
    "onbestelbaar",
    "olevererbart",
    "niedostarcz",
    "не доставлен",
    "недоставлен",
    "не может быть доставлено",
    "退信",
    "无法投递",
    "無法傳送",
    "配信",
    "配送できません",
    "送信エラー",
    "エラーメール",
    "未送達",
});

// RFC 3834 section 5, and the names that are older than it or stand beside it.
bool is_declared_reply(const Mail& mail) {
  if (value_of(mail, "Auto-Submitted").starts_with("auto-replied")) return true;
  for (std::string_view name :
       {"X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Autogenerated",
        "X-Mail-Autoreply", "X-Autoreply-From", "X-Auto-Responder", "X-Vacation"})
    if (has(mail, name) && value_of(mail, name) != "no") return true;
  auto precedence = value_of(mail, "Precedence");
  if (precedence == "auto_reply" || precedence == "auto-reply") return true;
  // qmail-autoresponder and vpopmail's, which stop loops by it.
  auto delivered = value_of(mail, "Delivered-To");
  return delivered == "autoresponder" || delivered == "autoresponse";
}

// "[Auto-Reply] Hello", "【自動返信】"
std::string_view without_ornament(std::string_view subject) {
  constexpr std::string_view kBracket = "【";
  if (subject.starts_with(kBracket)) return subject.substr(kBracket.size());
  auto first = subject.find_first_not_of(" [(<*-");
  return first == std::string_view::npos ? std::string_view() : subject.substr(first);
}

// A program answers "Re: ..." too; of a person it is an answer to what a program sent.
std::string_view without_answer(std::string_view subject) {
  for (std::string_view before : {"re: ", "aw: ", "sv: "})
    if (subject.starts_with(before)) return subject.substr(before.size());
  return subject;
}

}  // namespace

bool is_from_mail_system(const Mail& mail) {
  return holds_any(mail.from, kSystems);
}

bool is_about_delivery(const Mail& mail) {
  const auto& type = mail.structure.parts.front().content_type;
  if (ascii::iequals(type.parameter("report-type").value_or(""), "delivery-status")) return true;
  if (has(mail, "X-Failed-Recipients")) return true;
  return holds_any(mail.subject, kDeliverySubjects);
}

bool says_undelivered(const Mail& mail) {
  constexpr auto kWords = std::to_array<std::string_view>({"be delivered",
                                                           "deliver your message",
                                                           "deliver the message",
                                                           "delivering your message",
                                                           "not delivered",
                                                           "undeliverable",
                                                           "undelivered",
                                                           "non-deliverable",
                                                           "delivery failed",
                                                           "delivery has failed",
                                                           "failed to deliver",
                                                           "returned to sender",
                                                           "nicht zugestellt",
                                                           "unzustellbar",
                                                           "non remis",
                                                           "pas pu être remis",
                                                           "n'a pu être",
                                                           "no se pudo entregar",
                                                           "no se ha entregado",
                                                           "non è stato recapitato",
                                                           "niet worden afgeleverd",
                                                           "nie został",
                                                           "не доставлено",
                                                           "не может быть доставлено",
                                                           "配信できません",
                                                           "配送できません",
                                                           "送信できません",
                                                           "未能送达",
                                                           "无法送达",
                                                           "無法傳遞"});
  constexpr std::size_t kLookedAt = 8192;
  auto text = ascii::to_lower(std::string_view(mail.text).substr(0, kLookedAt));
  return holds_any(text, kWords);
}

bool has_null_path(const Mail& mail) {
  const auto* field = mail.header.find("Return-Path");
  return field != nullptr && ascii::trim(field->value) == "<>";
}

bool is_auto_reply(const Mail& mail) {
  if (is_declared_reply(mail)) return true;
  // What a list or a newsletter sends may speak of vacations.
  for (std::string_view name : {"List-Id", "List-Post", "List-Unsubscribe"})
    if (has(mail, name)) return false;
  auto submitted = value_of(mail, "Auto-Submitted");
  auto precedence = value_of(mail, "Precedence");
  bool by_program = submitted.starts_with("auto-") || precedence == "bulk" ||
                    precedence == "junk" || has(mail, "X-Auto-Response-Suppress") ||
                    has_null_path(mail);
  auto subject = without_ornament(mail.subject);
  if (by_program) subject = without_answer(subject);
  if (begins_with_any(subject, kReplySubjects) || holds_any(subject, kChallenges)) return true;
  // Lotus Notes: "AUTO: Bob is out of the office (returning 11/23/2026)".
  bool answers = has(mail, "In-Reply-To") || has(mail, "References");
  if (subject.starts_with("auto:") && (answers || holds_any(subject, kAbsenceWords))) return true;
  if (by_program && begins_with_any(subject, kAbsenceSubjects)) return true;
  if (by_program && holds_any(subject, kAbsenceWords)) return true;
  return answers && submitted.starts_with("auto-generated") &&
         has(mail, "X-Auto-Response-Suppress");
}

std::string read_receipt(const Mail& mail) {
  for (const auto& part : mail.structure.parts) {
    if (part.content_type.type != "message/disposition-notification" &&
        part.content_type.type != "message/global-disposition-notification")
      continue;
    // RFC 8098 section 3.1: its fields for the recipient are those of RFC 3464.
    for (const auto& one : read_delivery_status(text_of(part)).recipients)
      if (!one.address.empty()) return one.address;
  }
  return {};
}

}  // namespace mailtrust::bounce
