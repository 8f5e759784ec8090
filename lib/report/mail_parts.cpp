#include "report/mail_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"

namespace mailtrust::report {
namespace {

// Where the body begins: behind the first empty line.
std::size_t body_at(std::string_view mail) {
  for (std::size_t end = mail.find('\n'); end < mail.size(); end = mail.find('\n', end + 1)) {
    auto rest = mail.substr(end + 1, 2);
    if (rest.starts_with('\n')) return end + 2;
    if (rest == "\r\n") return end + 3;
  }
  return mail.size();
}

bool has_prefix(std::string_view type, std::initializer_list<std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](auto prefix) { return type.starts_with(prefix); });
}

bool is_message(std::string_view type) {
  return type == "message/rfc822" || type == "message/global";
}

// A document that says it is text, as some attach it.
bool starts_as_document(const message::Part& part) {
  constexpr std::size_t kFar = 4096;
  auto head = part;
  head.content = head.content.substr(0, kFar);
  auto text = decode_content(head);
  auto begin = std::string_view(text).substr(
      std::min(text.find_first_not_of("\xef\xbb\xbf\xff\xfe \t\r\n"), text.size()));
  return begin.starts_with("<?xml") || begin.starts_with("<feedback") || begin.starts_with('{') ||
         begin.starts_with("\x1f\x8b") || begin.starts_with("PK\x03\x04");
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kClosed = {{
    {"multipart/encrypted", "a mail encrypted by OpenPGP, which cannot be read"},
    {"application/pkcs7-mime", "a mail in S/MIME (encrypted or signed), which cannot be read"},
    {"application/x-pkcs7-mime", "a mail in S/MIME (encrypted or signed), which cannot be read"},
    {"application/ms-tnef",
     "a mail whose attachments are in winmail.dat (TNEF): have them sent in "
     "MIME"},
    {"application/vnd.ms-tnef",
     "a mail whose attachments are in winmail.dat (TNEF): have them sent "
     "in MIME"},
}};

}  // namespace

MailParts::MailParts(std::string_view mail) {
  auto at = body_at(mail);
  header_ = message::Header::parse(mail.substr(0, std::min(at, limits::kHeader)));
  structure_ = message::read_structure(header_, mail.substr(at));
}

std::vector<MailParts::Item> MailParts::parts(Which which) const {
  std::vector<Item> items;
  std::size_t number = 0;
  for (std::size_t i = 0; i < structure_.parts.size(); ++i) {
    const auto& part = structure_.parts[i];
    const auto& type = part.content_type.type;
    if (part.content_type.is_multipart()) continue;
    ++number;
    if (has_prefix(type, {"image/", "audio/", "video/", "font/"})) continue;
    bool is_text = has_prefix(type, {"text/plain", "text/html"}) && !starts_as_document(part);
    bool is_wanted = which == Which::text ? is_text && type == "text/plain" : !is_text;
    if (is_wanted) items.push_back({number, i, is_message(type)});
  }
  return items;
}

std::string MailParts::octets(const Item& item) const {
  return decode_content(structure_.parts[item.index]);
}

std::string MailParts::feedback_type() const {
  for (const auto* part : structure_.all("message/feedback-report")) {
    auto fields = message::Header::parse(decode_content(*part));
    if (const auto* type = fields.find("Feedback-Type"))
      return ascii::to_lower(ascii::trim(type->value));
  }
  return {};
}

bool MailParts::is_failure_report() const {
  return feedback_type() == "auth-failure";
}

std::string MailParts::what_else() const {
  auto type = feedback_type();
  if (!type.empty()) return "a complaint (" + quote(type) + "): `mailtrust abuse read` reads it";
  for (const auto& part : structure_.parts)
    for (const auto& [closed, what] : kClosed)
      if (part.content_type.type == closed) return std::string(what);
  return "a mail without a report";
}

}  // namespace mailtrust::report
