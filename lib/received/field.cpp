#include "received/field.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "received/dialect.hpp"

namespace mailtrust::received {
namespace {

std::string_view without_angles(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  if (text.ends_with('>')) text.remove_suffix(1);
  return text;
}

// Some part clauses by commas.
std::string_view without_comma(std::string_view text) {
  if (text.ends_with(',')) text.remove_suffix(1);
  return text;
}

// How the line was enciphered is a clause of its own, "esmtps tls TLS_AES_256_GCM_SHA384" (Exim).
std::string protocol_of(const Clause& clause) {
  std::string words;
  for (const auto& token : clause.tokens) {
    if (token.kind != Token::Kind::word || token.text == ",") continue;
    if (!words.empty() && ascii::iequals(token.text, "tls")) break;
    (words += words.empty() ? "" : " ") += token.text;
  }
  return words;
}

// "ESMTP", "smtps": everything but LMTP.
bool names_smtp(std::string_view protocol) {
  for (; protocol.size() >= 4; protocol.remove_prefix(1))
    if (ascii::istarts_with(protocol, "smtp")) return true;
  return false;
}

// Does the label stand at the beginning of a word of the comment? A name has no blanks, so one in
// front of it means that the server wrote what follows.
std::size_t find_label(std::string_view comment, std::string_view label) {
  auto at = comment.find(label);
  if (at == 0 || at == std::string_view::npos) return at;
  constexpr std::string_view kFront = " (,";
  return kFront.find(comment[at - 1]) == std::string_view::npos ? std::string_view::npos : at;
}

// The sender behind a label: "envelope-from <a@example.org>, uid 502".
std::optional<std::string_view> labelled_sender(std::string_view comment) {
  constexpr std::string_view kLabels[] = {"envelope-from", "envelope-sender", "return-path"};
  // There is a hyphen in each of them.
  if (comment.find('-') == std::string_view::npos || is_helo(comment)) return std::nullopt;
  for (auto label : kLabels) {
    auto at = find_label(comment, label);
    if (at == std::string_view::npos) continue;
    auto value = comment.substr(at + label.size());
    if (value.empty() || (value.front() != ' ' && value.front() != '=')) continue;
    value = ascii::trim(value.substr(1));
    return without_angles(value.substr(0, value.find_first_of(", \t\r\n)")));
  }
  return std::nullopt;
}

// "envelope-from <a@example.org>" (Haraka), "for <b@example.net> from <a@example.org>" (XMail).
std::optional<std::string_view> sender_in_words(const Clause& clause) {
  for (std::size_t i = 0; i + 1 < clause.tokens.size(); ++i) {
    auto word = clause.tokens[i].text;
    auto next = clause.tokens[i + 1].text;
    bool label = ascii::iequals(word, "envelope-from") || ascii::iequals(word, "from");
    if (label && next.starts_with('<') && next.ends_with('>')) return without_angles(next);
  }
  return std::nullopt;
}

std::optional<std::string_view> envelope_from(const Clauses& clauses) {
  for (const auto& token : clauses.tokens)
    if (token.kind == Token::Kind::comment)
      if (auto sender = labelled_sender(token.text)) return sender;
  for (const auto* clause : {&clauses.id, &clauses.recipient})
    if (auto sender = sender_in_words(*clause)) return sender;
  return std::nullopt;
}

}  // namespace

bool Field::over_http() const {
  return (traits & kWeb) != 0;
}

bool Field::is_submission() const {
  return authenticated || over_http();
}

bool Field::over_smtp() const {
  return names_smtp(protocol) && !is_local();
}

bool Field::was_fetched() const {
  return (traits & kFetched) != 0;
}

bool Field::is_local() const {
  return (traits & kLocal) != 0;
}

Field parse_field(std::string_view value) {
  auto parts = clauses(value);
  Field field;
  field.traits = traits(parts);
  field.peer = read_peer(parts, field.traits);
  field.has_from = parts.from.present;
  field.by = without_comma(parts.by.value);
  field.protocol = protocol_of(parts.with.present ? parts.with : parts.via);
  field.id = without_angles(without_comma(parts.id.value));
  field.recipient = without_angles(without_comma(parts.recipient.value));
  if (auto sender = envelope_from(parts)) {
    field.envelope_from = *sender;
    field.has_envelope_from = true;
  }
  field.date = parts.date;
  field.authenticated = (field.traits & kAuthenticated) != 0;
  return field;
}

}  // namespace mailtrust::received
