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

/// The questions about one address: the first, and at most limits::kWhoisReferrals more (a list of
/// networks asked for in full is one of them), none of them twice.
class WhoisWay {
 public:
  WhoisWay(Servers& servers, const Subject& subject, Told& told, Clock::time_point deadline);

  /// Ends at the first answer that names a contact for abuse.
  void ask();

 private:
  struct Question {
    whois::Server server;
    std::string text;
    bool is_more = false;  ///< the second one, after a list of networks
  };

  void put(whois::Server server);
  void ask_one(const Question& question);
  Expected<whois::Reply> exchange(const Question& question);
  void read(const Question& question, const whois::Reply& reply);
  void ask_more(const Question& question, std::string text);
  void refer(whois::Server server);
  void note(const Question& question, std::string outcome, bool failed);

  Servers& servers_;
  const Subject& subject_;
  Told& told_;
  Clock::time_point deadline_;
  unsigned referrals_ = limits::kWhoisReferrals;
  std::set<std::string> named_;
  std::deque<Question> next_;
};

}  // namespace mailtrust::abuse
