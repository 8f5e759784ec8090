#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.hpp"
#include "bounce/automatic.hpp"
#include "bounce/layout.hpp"
#include "bounce/layouts/rows.hpp"

namespace mailtrust::bounce {
namespace {

using std::string_view;

// Somebody speaks about a notice.
bool is_answer(string_view subject) {
  constexpr std::array<string_view, 8> kPrefixes = {
      "re:", "fw:", "fwd:", "aw:", "wg:", "sv:", "tr:", "rv:"};
  return std::ranges::any_of(kPrefixes, [&](auto prefix) { return subject.starts_with(prefix); });
}

bool has_null_return_path(const Mail& mail) {
  const auto* field = mail.header.find("Return-Path");
  if (field == nullptr) return false;
  auto path = ascii::to_lower(ascii::trim(field->value));
  return path == "<>" || path.starts_with("<mailer-daemon") || path.starts_with("mailer-daemon");
}

bool tells_of_delay(string_view subject) {
  constexpr std::array<string_view, 6> kWords = {"delay",
                                                 "still being retried",
                                                 "warning: could not send",
                                                 "warning: message",
                                                 "temporarily",
                                                 "verzögert"};
  return std::ranges::any_of(kWords,
                             [&](auto word) { return subject.find(word) != string_view::npos; });
}

}  // namespace

bool comes_as_notice(const Mail& mail) {
  if (is_from_mail_system(mail) || has_null_return_path(mail)) return true;
  if (mail.from.empty() || mail.from == "<>") return true;
  // Verizon's gateways to mobile phones.
  if (mail.from.find("post_master@") != std::string::npos) return true;
  if (mail.header.find("X-Amz-Sns-Message-Id") != nullptr) return true;
  return !is_answer(mail.subject) && is_about_delivery(mail);
}

std::optional<LayoutReading> read_layout(const Mail& mail) {
  if (!comes_as_notice(mail)) return std::nullopt;
  auto match = layouts::find_row(mail);
  if (!match) return std::nullopt;
  const auto& row = *match->row;
  auto action = row.action;
  if (action == Action::failed && tells_of_delay(mail.subject)) action = Action::delayed;
  return LayoutReading{row.system, row.read({mail, row.system, match->line, action})};
}

}  // namespace mailtrust::bounce
