#pragma once
// Asking whois servers about an address, from the first one through its referrals. RFC 3912.

#include <deque>
#include <set>
#include <string>

#include "abuse/servers.hpp"
#include "abuse/told.hpp"
#include "base/limits.hpp"
#include "whois/answer.hpp"

namespace mailtrust::abuse {

/// The questions about one address: the first, and at most limits::kWhoisReferrals more, none of
/// them twice.
class WhoisWay {
 public:
  WhoisWay(Servers& servers, const Subject& subject, Told& told, Clock::time_point deadline);

  /// Ends at the first answer that names a contact for abuse.
  void ask();

 private:
  void ask_one(const whois::Server& server);
  Expected<whois::Reply> exchange(const whois::Server& server);
  void read(const whois::Server& server, const whois::Reply& reply);
  void refer(whois::Server server);
  void note(const whois::Server& server, std::string outcome, bool failed);

  Servers& servers_;
  const Subject& subject_;
  Told& told_;
  Clock::time_point deadline_;
  unsigned referrals_ = limits::kWhoisReferrals;
  std::set<std::string> named_;
  std::deque<whois::Server> next_;
};

}  // namespace mailtrust::abuse
