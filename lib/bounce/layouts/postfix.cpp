// Postfix (src/bounce/bounce_notify_util.c). The introduction comes from a template that many
// translate; the accounts are always "<a@b>: reply", wrapped with four columns before the rest, or
// "<a@b> (expanded from <c@d>): reply".

#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {
namespace {

bool opens_account(std::string_view line) {
  if (indent_of(line) > 1) return false;
  auto words = ascii::trim(line);
  if (!words.starts_with('<')) return false;
  auto close = words.find('>');
  if (close == std::string_view::npos) return false;
  auto rest = words.substr(close + 1);
  return rest.starts_with(':') || rest.starts_with(" (");
}

}  // namespace

std::vector<Failure> read_postfix(const Scene& scene) {
  Collector accounts(scene);
  std::string account;
  auto close = [&] {
    if (auto entry = entry_of(account)) {
      accounts.flush();
      accounts.open(entry->address, entry->original);
      accounts.say(entry->rest);
    }
    account.clear();
  };
  for (auto at = scene.line; at < scene.mail.lines.size(); ++at) {
    auto line = scene.mail.lines[at];
    bool goes_on = !account.empty() && indent_of(line) > 1;
    if (!goes_on) close();
    if (goes_on || opens_account(line)) append_words(account, line);
    if (!accounts.empty() && account.empty() && is_end(line)) break;
  }
  close();
  return accounts.finish();
}

}  // namespace mailtrust::bounce::layouts
