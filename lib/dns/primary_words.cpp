#include "dns/primary_words.hpp"

#include <cstdlib>
#include <utility>

#include "dns/wire_message.hpp"

namespace mailtrust::dns {
namespace {

// RFC 2136 section 2.2.
constexpr unsigned kNotAuth = 9;
constexpr unsigned kNotZone = 10;

}  // namespace

Error PrimaryWords::distrust(const TsigCheck& check) const {
  switch (check.state) {
    case TsigState::bad_key:
      return check.by_server ? refused("does not take the key " + key + " for " +
                                       std::string(asked) + " (BADKEY)")
                             : temporary("signed its answer with another key than " + key);
    case TsigState::bad_signature:
      return check.by_server ? refused("has another secret for the key " + key + " (BADSIG)")
                             : temporary("sent an answer with a wrong signature");
    case TsigState::bad_time: {
      auto ahead = check.skew > 0 ? " seconds ahead of ours" : " seconds behind ours";
      return temporary("has a clock that is " + std::to_string(std::abs(check.skew)) + ahead +
                       " (BADTIME)");
    }
    case TsigState::absent: return temporary("sent an answer that is not signed");
    default: return temporary("sent a malformed answer");
  }
}

Error PrimaryWords::refusal(unsigned rcode) const {
  switch (rcode) {
    case wire::rcode::kRefused:
      return refused("refuses " + std::string(asked) + " of " + zone + " with the key " + key +
                     " (REFUSED)");
    case kNotAuth: return refused("is not a primary of " + zone + " (NOTAUTH)");
    case kNotZone: return refused("says that names are not in " + zone + " (NOTZONE)");
    case wire::rcode::kNxDomain: return refused("knows no zone " + zone + " (NXDOMAIN)");
    case wire::rcode::kNotImp: return refused("takes no updates or transfers (NOTIMP)");
    case wire::rcode::kServFail:
      return temporary("could not do " + std::string(asked) + " (SERVFAIL); its log may tell why");
    default: return temporary("answered with response code " + std::to_string(rcode));
  }
}

Error PrimaryWords::refused(std::string message) const {
  return {Error::Kind::input, server, std::move(message)};
}

Error PrimaryWords::temporary(std::string message) const {
  return {Error::Kind::temporary, server, std::move(message)};
}

}  // namespace mailtrust::dns
