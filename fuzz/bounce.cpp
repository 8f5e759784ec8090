// A notice of what became of a mail (RFC 3464 and the free text of many systems): every layer of
// it, the same whatever ends its lines.
#include <set>
#include <string>

#include "base/limits.hpp"
#include "bounce/line_ends.hpp"
#include "bounce/notice.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using bounce::Notice;
using fuzz::require;

namespace {

void check(const Notice& notice) {
  require(notice.recipients.size() <= limits::kBounceRecipients, "no more than the limit");
  std::set<std::string> addresses;
  for (const auto& recipient : notice.recipients) {
    const auto& address = recipient.failure.address;
    require(address.empty() || addresses.insert(address).second, "each address once");
    require(recipient.failure.diagnostic.find('\n') == std::string::npos, "one line");
    if (recipient.verdict.reason == bounce::Reason::undetermined)
      require(recipient.verdict.type != bounce::Type::hard, "nothing is hard without a reason");
  }
  bool any = notice.kind == bounce::Kind::bounce || notice.kind == bounce::Kind::delayed;
  require(!any || !notice.recipients.empty(), "a bounce is about somebody");
}

std::string with_crlf(const std::string& text) {
  std::string out;
  for (char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

void check_line_ends(std::string_view octets) {
  auto lf = bounce::with_lf(octets);
  auto crlf = with_crlf(lf);
  auto one = bounce::read_notice(lf);
  auto other = bounce::read_notice(crlf);
  require(one.has_value() == other.has_value(), "CRLF and LF are the same");
  if (!one) return;
  require(one->kind == other->kind && one->system == other->system, "to who reads them");
  require(one->recipients.size() == other->recipients.size(), "and of the same recipients");
  for (std::size_t i = 0; i < one->recipients.size(); ++i)
    require(one->recipients[i].verdict.rule == other->recipients[i].verdict.rule, "by one rule");
}

}  // namespace

MAILTRUST_FUZZ(bounce, octets) {
  auto notice = bounce::read_notice(octets);
  if (notice) check(*notice);
  if (fuzz::is_one_of(16, octets)) check_line_ends(octets);
}
