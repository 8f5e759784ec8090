// Limits of what is read in mail: signatures, notices, complaints, and what is counted of them.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arc/signature_check.hpp"
#include "base/limits.hpp"
#include "bounce/mail.hpp"
#include "bounce/notice.hpp"
#include "complaint/feedback.hpp"
#include "delivery/ledger.hpp"
#include "delivery/tally.hpp"
#include "delivery/week.hpp"
#include "forge.hpp"
#include "limits/limit.hpp"
#include "verify/verify.hpp"

using namespace mailtrust;

namespace {

constexpr std::string_view kKeyName = "s1._domainkey.example.org";

std::string lines_of(std::size_t size) {
  std::string lines;
  lines.reserve(size + 80);
  while (lines.size() < size) lines += std::string(76, 'x') + "\r\n";
  lines.resize(size - 2);
  return lines + "\r\n";
}

// Is a body that got a footer on the way looked at again?
bool is_looked_at_again(std::size_t size) {
  const std::string footer = "-- \r\nA list that adds this\r\n";
  forge::Letter letter;
  letter.body = lines_of(size - footer.size());
  auto sent = forge::signed_letter(letter, {}, forge::rsa_key());
  sent.body += footer;
  message::HeldOctets octets(sent.text());
  message::Reader reader(octets, "m.eml");
  forge::TxtZone zone(forge::rsa_key().record());
  verify::Options options;
  options.now = forge::kNow;
  auto outcome = verify::verify(reader, zone, options);
  REQUIRE(outcome);
  REQUIRE(outcome->explanations.size() == 1);
  const auto& diagnosis = outcome->explanations.front().diagnosis;
  bool is_told = diagnosis.note.find("too large to be kept") != std::string::npos;
  CHECK(diagnosis.body_explained != is_told);
  return !is_told;
}

// So many keys at one name, of which the last is the right one.
forge::TxtZone keys(std::size_t count) {
  static const auto other = forge::SigningKey::ed25519().record();
  std::vector<std::pair<std::string, std::string>> records;
  for (std::size_t i = 1; i < count; ++i)
    records.emplace_back(kKeyName, other + "; n=" + std::to_string(i));
  records.emplace_back(kKeyName, forge::rsa_key().record());
  return forge::TxtZone(records);
}

bool is_right_key_found(std::size_t count) {
  auto zone = keys(count);
  auto text = forge::signed_letter({}, {}, forge::rsa_key()).text();
  auto result = forge::result_of(text, zone);
  CHECK((result == "pass" || result == "temperror"));  // another key may fit: nothing is known
  CHECK(forge::result_of(text + "more\r\n", zone) != "temperror");  // no key mends the body
  return result == "pass";
}

bool is_right_arc_key_found(std::size_t count) {
  const std::string octets = "what is signed";
  auto sealed = encode_base64(forge::rsa_key().sign(dkim::Hash::sha256, octets));
  auto parsed = dkim::parse_signature(
      " v=1; a=rsa-sha256; d=example.org; s=s1; h=from; bh=AA==; b=" + sealed);
  auto zone = keys(count);
  using Check = arc::SignatureCheck::Result;
  auto check = arc::check(zone, parsed.signature, octets);
  CHECK(check.result != Check::bad);
  return check.result == Check::good;
}

// A notice whose second part has this type and content.
std::string notice_with(std::string_view type, const std::string& content) {
  return "From: MAILER-DAEMON@example.net\nSubject: Returned mail\n"
         "Content-Type: multipart/report; boundary=b; report-type=delivery-status\n\n"
         "--b\n\nNot delivered.\n\n--b\nContent-Type: " +
         std::string(type) + "\n\n" + content + "\n--b--\n";
}

std::string padded(std::size_t size, const std::string& head, const std::string& tail) {
  const std::string filler = "X-Filler: " + std::string(1000, 'x') + "\n";
  auto text = head;
  while (text.size() + tail.size() + filler.size() + 12 < size) text += filler;
  auto left = size - text.size() - tail.size();
  return text + "X-Filler: " + std::string(left - 11, 'y') + "\n" + tail;
}

bool is_returned_whole(std::size_t size) {
  auto content = padded(size, "From: a@example.org\n", "\nHello");
  REQUIRE(content.size() == size);
  return bounce::take_apart(notice_with("message/rfc822", content)).returned.size() == size;
}

bool is_status_whole(std::size_t size) {
  const std::string failed = "Action: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; ";
  auto content = padded(size, "Reporting-MTA: dns; mx.example.net\n\n" + failed + "a@example.com\n",
                        "\n" + failed + "b@example.com");
  REQUIRE(content.size() == size);
  auto notice = bounce::read_notice(notice_with("message/delivery-status", content));
  REQUIRE(notice);
  for (const auto& recipient : notice->recipients)
    CHECK((recipient.failure.address.empty() || recipient.failure.address.ends_with(".com")));
  return std::ranges::any_of(notice->recipients, [](const bounce::Recipient& recipient) {
    return recipient.failure.address == "b@example.com";
  });
}

bool is_text_whole(std::size_t size) {
  auto text = padded(size, "Not delivered.\n", "a@example.org\n");
  REQUIRE(text.size() == size);
  return bounce::take_apart("Subject: failure notice\n\n" + text).text.size() == size;
}

bool are_signatures_looked_at(std::size_t count) {
  forge::TxtZone zone(forge::rsa_key().record());
  auto field = forge::signature_field(forge::Letter(), {}, forge::rsa_key());
  std::string message;
  for (std::size_t i = 0; i < count; ++i) message += field;
  auto verified = forge::verify(message + forge::Letter().text(), zone);
  CHECK(verified.signatures.size() + verified.passed_over == count);
  return verified.passed_over == 0;
}

std::string xarf(const std::string& organisation) {
  return R"({"xarf_version":"4.0.0","type":"spam","source_identifier":"192.0.2.7","reporter":{"org":")" +
         organisation + R"("}})";
}

std::string xarf_mail(const std::string& document) {
  return "From: a@example.org\nX-XARF: yes\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
         "A report.\n--b\nContent-Type: application/xarf+json\n\n" +
         document + "\n--b--\n";
}

bool is_xarf_string(std::size_t size) {
  auto feedback = complaint::read_feedback(xarf(std::string(size, 'x')));
  if (!feedback) CHECK(feedback.error().message.find("16 MiB") != std::string::npos);
  return feedback.has_value();
}

// Alone; as a part of a mail, over the limit only, for a mail of that size is slow to read.
bool is_xarf(std::size_t size) {
  auto document = xarf("o");
  document += std::string(size - document.size(), ' ');
  auto alone = complaint::read_feedback(document);
  if (alone) return true;
  auto in_mail = complaint::read_feedback(xarf_mail(document));
  REQUIRE(!in_mail);
  for (const auto& error : {alone.error(), in_mail.error()})
    CHECK(error.message.find("32 MiB") != std::string::npos);
  return false;
}

// Of so many mails, is the last known when it comes again?
bool is_known_again(std::size_t count) {
  static delivery::Ledger ledger({}, 0);
  for (auto i = ledger.known_mails.size() + 1; i < count; ++i)
    ledger.known_mails.insert(std::to_string(i));
  auto mail = "mail " + std::to_string(count);
  CHECK(ledger.is_new(mail));
  return !ledger.is_new(mail);
}

// Of so many sums, does the last stand under its own domain?
bool has_own_row(std::size_t count) {
  constexpr std::size_t kOfOneWeek = 80'000;
  static delivery::Tally tally;
  static std::size_t added = 0;
  delivery::Row row;
  std::string key;
  for (; added < count; ++added) {
    key = std::to_string(added % kOfOneWeek) + ".example";
    row.week =
        delivery::week_of(static_cast<std::int64_t>(100 + added / kOfOneWeek) * delivery::kWeek);
    row.key = key;
    row.sums.hard = 1;
    tally.add(delivery::By::domain, row);
  }
  auto rows = tally.rows(delivery::By::domain);
  return std::ranges::any_of(
      rows, [&](const delivery::Row& one) { return one.week == row.week && one.key == key; });
}

}  // namespace

TEST_CASE("what a limit of mail allows is taken, and no more") {
  test::check({{"kSignatures", limits::kSignatures, are_signatures_looked_at},
               {"kBounceText", limits::kBounceText, is_text_whole},
               {"kBodyKept", limits::kBodyKept, is_looked_at_again},
               {"kDkimKeys", limits::kDkimKeys, is_right_key_found},
               {"kDkimKeys, ARC", limits::kDkimKeys, is_right_arc_key_found},
               {"kBounceReturned", limits::kBounceReturned, is_returned_whole},
               {"kBounceStatus", limits::kBounceStatus, is_status_whole},
               {"kXarfString", limits::kXarfString, is_xarf_string},
               {"kFeedbackPart", limits::kFeedbackPart, is_xarf},
               {"kDeliveryMails", limits::kDeliveryMails, is_known_again},
               {"kDeliveryRows", limits::kDeliveryRows, has_own_row}});
}
