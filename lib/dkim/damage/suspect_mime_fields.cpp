// Content-Type, Content-Transfer-Encoding and Date, as they may have been.

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dkim/damage/header_suspects.hpp"
#include "dkim/damage/kinds.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kQuoted = 60;

constexpr std::array<std::string_view, 7> kEncodings = {
    "8bit", "7bit", "quoted-printable", "base64", "8BIT", "7BIT", "binary"};

constexpr std::array<std::string_view, 10> kTypes = {"text/plain",
                                                     "text/plain; charset=utf-8",
                                                     "text/plain; charset=\"utf-8\"",
                                                     "text/plain; charset=UTF-8",
                                                     "text/plain; charset=\"UTF-8\"",
                                                     "text/plain; charset=us-ascii",
                                                     "text/plain; charset=\"us-ascii\"",
                                                     "text/plain; charset=US-ASCII",
                                                     "text/html; charset=utf-8",
                                                     "text/html; charset=UTF-8"};

constexpr std::array<std::string_view, 8> kCharsetNames = {
    "utf-8",    "UTF-8",    "iso-8859-1",   "ISO-8859-1",
    "us-ascii", "US-ASCII", "windows-1252", "iso-8859-15"};

// "text/plain", "charset=utf-8", ...: what stands between semicolons outside quotes.
std::vector<std::string> pieces_of(std::string_view value) {
  std::vector<std::string> pieces(1);
  bool quoted = false;
  for (char c : value) {
    if (c == '"') quoted = !quoted;
    if (c == ';' && !quoted)
      pieces.emplace_back();
    else
      pieces.back() += c;
  }
  for (auto& piece : pieces) piece = std::string(ascii::trim(piece));
  std::erase(pieces, "");
  return pieces;
}

std::string joined(const std::vector<std::string>& pieces, std::string_view separator) {
  std::string value;
  for (const auto& piece : pieces)
    value.append(value.empty() ? std::string_view(" ") : separator).append(piece);
  return value;
}

std::string requoted(const std::string& piece) {
  auto equals = piece.find('=');
  if (equals == std::string::npos) return piece;
  auto value = std::string_view(piece).substr(equals + 1);
  if (value.size() >= 2 && value.starts_with('"'))
    return piece.substr(0, equals + 1) + std::string(value.substr(1, value.size() - 2));
  return piece.substr(0, equals + 1) + "\"" + std::string(value) + "\"";
}

void suspect_type(SuspectList& list, std::size_t group, std::string_view value, int weight) {
  const auto& fields = list.draft().groups()[group];
  auto shown = quote(ascii::trim(value), kQuoted);
  if (fields.is_signed())
    return list.value(group, 0, value,
                      make("content-type", "would verify with Content-Type: " + shown +
                                               ": the field was rewritten on the way"),
                      weight);
  std::string raw = "Content-Type:" + std::string(value) + "\r\n";
  list.fields(
      group, std::span(&raw, 1),
      make("field-removed", "would verify with Content-Type: " + shown + ": the field was removed"),
      weight);
}

void suspect_parameters(SuspectList& list, std::size_t group) {
  auto pieces = pieces_of(split_field(list.draft().groups()[group].fields.front()).value);
  if (pieces.empty() || pieces.size() > 10) return;
  suspect_type(list, group, joined(pieces, "; "), 1);
  suspect_type(list, group, joined(pieces, ";"), 1);
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    auto without = pieces;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    suspect_type(list, group, joined(without, "; "), 1);
    auto changed = pieces;
    changed[i] = requoted(pieces[i]);
    suspect_type(list, group, joined(changed, "; "), 1);
    if (!ascii::istarts_with(pieces[i], "charset=")) continue;
    for (auto name : kCharsetNames) {
      changed[i] = pieces[i].substr(0, 8) + std::string(name);
      suspect_type(list, group, joined(changed, "; "), 1);
      changed[i] = requoted(changed[i]);
      suspect_type(list, group, joined(changed, "; "), 1);
    }
  }
}

void suspect_encoding(SuspectList& list, std::size_t group, std::string_view value, int weight) {
  auto then = std::string(ascii::trim(value));
  auto message = "would verify with Content-Transfer-Encoding: " + quote(then, kQuoted);
  if (list.draft().groups()[group].is_signed())
    return list.value(group, 0, " " + then,
                      make("transfer-encoding", message + ": the field was rewritten on the way"),
                      weight);
  std::string raw = "Content-Transfer-Encoding: " + then + "\r\n";
  list.fields(group, std::span(&raw, 1), make("field-removed", message + ": the field was removed"),
              weight);
}

std::string without_comment(std::string_view date) {
  auto comment = date.find('(');
  date = date.substr(0, comment);
  return std::string(date.substr(0, date.find_last_not_of(" \t\r\n") + 1));
}

}  // namespace

void suspect_mime_fields(SuspectList& list, std::span<const ContentFields> parts) {
  if (auto group = list.find("content-type")) {
    for (const auto& part : parts)
      if (!part.type.empty()) suspect_type(list, *group, part.type, 0);
    if (list.draft().groups()[*group].is_signed()) suspect_parameters(list, *group);
    for (auto type : kTypes) suspect_type(list, *group, " " + std::string(type), 1);
  }
  if (auto group = list.find("content-transfer-encoding")) {
    for (const auto& part : parts)
      if (!part.encoding.empty()) suspect_encoding(list, *group, part.encoding, 0);
    for (auto encoding : kEncodings)
      suspect_encoding(list, *group, encoding, encoding[0] == '8' || encoding[0] == '7' ? 0 : 1);
  }
}

// RFC 5322 section 3.3: what relays like to tidy.
void suspect_date(SuspectList& list) {
  auto group = list.find("date");
  if (!group || !list.draft().groups()[*group].is_signed()) return;
  auto value = split_field(list.draft().groups()[*group].fields.front()).value;
  auto suspect = [&](const std::string& then) {
    list.value(
        *group, 0, then,
        make("date-rewritten", "would verify with Date: " + quote(ascii::trim(then), kQuoted) +
                                   ": the field was written anew"),
        2);
  };
  auto plain = without_comment(value);
  suspect(plain);
  if (plain.ends_with("+0000")) {
    suspect(plain + " (UTC)");
    suspect(plain + " (GMT)");
    suspect(plain.substr(0, plain.size() - 5) + "GMT");
    suspect(plain.substr(0, plain.size() - 5) + "-0000");
  }
  if (plain.ends_with("GMT")) suspect(plain.substr(0, plain.size() - 3) + "+0000");
  auto day = plain.find(", ");
  auto digits = day == std::string::npos ? plain.find_first_not_of(' ') : day + 2;
  if (day != std::string::npos) suspect(" " + plain.substr(day + 2));
  if (digits == std::string::npos || digits + 1 >= plain.size()) return;
  if (plain[digits] == '0') suspect(plain.substr(0, digits) + plain.substr(digits + 1));
  if (plain[digits + 1] == ' ') suspect(plain.substr(0, digits) + "0" + plain.substr(digits));
}

}  // namespace mailtrust::dkim::damage
