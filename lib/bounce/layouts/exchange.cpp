// Microsoft Exchange: 5.5 to 2003 ("did not reach the following recipient(s):"), 2007 and later,
// Office 365 ("Diagnostic information for administrators:"). The shape is that of a list; what is
// its own is how replies are wrapped.

#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/hints.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

// "Server at mx.example.org (192.0.2.1) returned '550 5.1.1 no'", "Remote Server returned '550'".
string_view returned_words(string_view text) {
  constexpr string_view kReturned = "returned '";
  auto at = text.find(kReturned);
  if (at == string_view::npos) return {};
  auto words = text.substr(at + kReturned.size());
  if (words.ends_with('\'')) words.remove_suffix(1);
  return words.substr(0, words.find("' "));
}

// "<mx.example.org #5.1.1 smtp;550 5.1.1 no>", "mx.example.org #<mx.example.org #5.1.1 ...>
// #SMTP#".
string_view bracketed_words(string_view text) {
  auto open = text.find('<');
  auto mark = text.find(" #", open == string_view::npos ? 0 : open);
  if (open == string_view::npos || mark == string_view::npos || mark - open > 256) return {};
  if (text.substr(open + 1, mark - open - 1).find_first_of(" @") != string_view::npos) return {};
  auto close = text.rfind('>');
  if (close == string_view::npos || close < mark) close = text.size();
  return text.substr(open + 1, close - open - 1);
}

// "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##rfc822;a@b": what stands before the marks.
string_view hashed_words(string_view text) {
  auto marks = text.find("##");
  if (marks == string_view::npos) return {};
  if (text.starts_with('#')) text = text.substr(1, marks - 1);
  return ascii::trim(text.substr(0, marks));
}

void unwrap(Failure& failure) {
  string_view text = failure.diagnostic;
  if (auto words = returned_words(text); !words.empty()) {
    failure.diagnostic = std::string(words);
  } else if (auto hashed = hashed_words(text); !hashed.empty()) {
    failure.diagnostic = std::string(hashed);
  } else if (auto inside = bracketed_words(text); !inside.empty()) {
    auto mark = inside.find(" #");
    failure.remote = ascii::to_lower(inside.substr(0, mark));
    auto before = ascii::trim(text.substr(0, text.find('<')));
    // "#5.1.1>" alone says less than the sentence before it.
    auto reply = std::string(inside.substr(mark + 2));
    failure.diagnostic = reply.size() < 12 ? std::string(before) + " " + reply : reply;
  }
}

// "c=DE;a= ;p=CORP;dda:SMTP=ann@example.com; on ...": X.400 around a mailbox.
string_view domain_defined(string_view text) {
  constexpr string_view kName = "SMTP=";
  auto at = text.find(kName);
  auto found =
      at == string_view::npos ? std::nullopt : find_address(text.substr(at + kName.size()));
  return found ? found->address : string_view();
}

}  // namespace

std::vector<Failure> read_exchange(const Scene& scene) {
  auto failures = read_names(scene);
  for (auto& failure : failures) {
    if (failure.address.empty()) failure.address = domain_defined(failure.diagnostic);
    failure.remote = ascii::to_lower(remote_in(failure.diagnostic));
    unwrap(failure);
    failure.code = 0;
    fill_in(failure);
  }
  return failures;
}

}  // namespace mailtrust::bounce::layouts
