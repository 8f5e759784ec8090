// What a server said (RFC 5321 section 4.2, RFC 3463), and why it refused.
#include "base/ascii.hpp"
#include "bounce/classify.hpp"
#include "bounce/reply.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

void check_reply(std::string_view text) {
  auto reply = bounce::read_reply(text);
  require(reply.code == 0 || (reply.code >= 200 && reply.code <= 599), "a code is one of SMTP");
  require(reply.text.size() <= text.size(), "the words are part of the reply");
  for (char c : reply.text)
    require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "without controls");
  if (!reply.status) return;
  auto again = bounce::parse_status(bounce::to_string(*reply.status));
  require(again == reply.status, "a status that was printed reads the same");
}

}  // namespace

MAILTRUST_FUZZ(smtp_reply, octets) {
  auto remote = fuzz::take_until(octets, '|');
  check_reply(octets);
  bounce::Failure failure;
  failure.remote = ascii::to_lower(remote);
  failure.diagnostic = octets;
  failure.status = bounce::parse_status(octets);
  auto verdict = bounce::classify(failure);
  bool try_again = failure.status && failure.status->class_code == 4;
  if (try_again && !verdict.status) require(verdict.type != bounce::Type::hard, "never hard");
  if (verdict.status && verdict.status->class_code == 4)
    require(verdict.type != bounce::Type::hard, "a status that says try again is never hard");
  if (!fuzz::is_one_of(4, octets)) return;
  failure.diagnostic = ascii::to_lower(octets);
  // What Gmail puts in front of a reply is known by its very letters, as it is cut away.
  if (failure.diagnostic.find("other server returned was:") != std::string::npos) return;
  require(bounce::classify(failure).reason == verdict.reason, "letters are not told apart");
}
