#include "received/field.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"

namespace mailtrust::received {
namespace {

std::string_view without_angles(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  if (text.ends_with('>')) text.remove_suffix(1);
  return text;
}

std::string protocol_of(const Clause& with) {
  std::string protocol(with.value);
  for (auto word : with.words) (protocol += ' ') += word;
  return protocol;
}

// RFC 3848 and RFC 6531 section 4.3: the "A" at the end. "asmtp" is what Exim wrote before.
bool is_authenticated_protocol(std::string_view word) {
  constexpr std::string_view kWords[] = {"ASMTP",  "SASMTP",    "ESMTPA",    "ESMTPSA",
                                         "LMTPA",  "LMTPSA",    "UTF8SMTPA", "UTF8SMTPSA",
                                         "SMTPSA", "UTF8LMTPA", "UTF8LMTPSA"};
  return std::ranges::any_of(kWords, [&](auto known) { return ascii::iequals(word, known); });
}

// Does a comment say so? One with an address in it never does: its name is the client's choice.
bool is_authentication(std::string_view comment) {
  if (ascii::istarts_with(comment, "AUTH: ") || ascii::istarts_with(comment, "account "))
    return true;
  auto words = ascii::to_lower(comment);
  return words == "authenticated" || words.starts_with("authenticated ") ||
         words.find(" authenticated user ") != std::string::npos;
}

bool any_authentication(const Clauses& clauses) {
  for (const auto* clause : {&clauses.from, &clauses.by, &clauses.with, &clauses.id, &clauses.via})
    if (std::ranges::any_of(clause->comments, is_authentication)) return true;
  return false;
}

// GMX writes the name of the submission process behind its own: "by mail.gmx.net (mp033)".
bool is_gmx_submission(const Clause& by) {
  auto submits = [](std::string_view comment) {
    return comment.size() > 2 && comment.starts_with("mp") &&
           std::ranges::all_of(comment.substr(2), ascii::is_digit);
  };
  return ascii::iequals(by.value, "mail.gmx.net") && std::ranges::any_of(by.comments, submits);
}

std::optional<std::string_view> envelope_from(const Clauses& clauses) {
  constexpr std::string_view kLabel = "envelope-from ";
  for (const auto* clause : {&clauses.recipient, &clauses.id, &clauses.with, &clauses.by})
    for (auto comment : clause->comments)
      if (ascii::istarts_with(comment, kLabel)) {
        auto value = ascii::trim(comment.substr(kLabel.size()));
        auto end = std::ranges::find_if(value, [](char c) { return c == ',' || c == ' '; });
        return without_angles(value.substr(0, static_cast<std::size_t>(end - value.begin())));
      }
  return std::nullopt;
}

}  // namespace

bool Field::over_http() const {
  return ascii::istarts_with(protocol, "HTTP");
}

bool Field::over_smtp() const {
  return ascii::to_lower(protocol).find("smtp") != std::string::npos;
}

bool Field::was_fetched() const {
  return ascii::istarts_with(protocol, "IMAP") || ascii::istarts_with(protocol, "POP");
}

Field parse_field(std::string_view value) {
  auto parts = clauses(value);
  Field field;
  field.peer = read_peer(parts);
  field.has_from = parts.from.present;
  field.by = parts.by.value;
  field.protocol = protocol_of(parts.with);
  field.id = without_angles(parts.id.value);
  field.recipient = without_angles(parts.recipient.value);
  if (auto sender = envelope_from(parts)) {
    field.envelope_from = *sender;
    field.has_envelope_from = true;
  }
  field.date = parts.date;
  field.authenticated = is_authenticated_protocol(parts.with.value) || any_authentication(parts) ||
                        is_gmx_submission(parts.by);
  return field;
}

}  // namespace mailtrust::received
