#pragma once
// One test for each word a rule may have in `check`. Internal to lib/receivers.

#include <string>
#include <string_view>
#include <vector>

#include "dns/resolver.hpp"
#include "receivers/receivers.hpp"

namespace mailtrust::receivers {

/// Does the message keep to the rule?
enum class Kept {
  yes,
  partly,  ///< broken, but so that receivers only frown
  no,
  unknown,    ///< DNS did not tell, or nobody told us the client's address
  not_shown,  ///< this file has nothing to go by
};

struct Seen {
  Kept kept = Kept::unknown;
  std::string reason;  ///< one line
};

/// Whose name does the client have, and does it lead back? RFC 8601 section 3 ("iprev").
struct Reverse {
  Kept confirmed = Kept::unknown;
  std::vector<std::string> names;  ///< every PTR target
  std::string verified;            ///< the first that leads back; empty unless confirmed
};

/// A message before its judges; what several tests want to know is asked once.
class Case {
 public:
  Case(dns::Resolver& resolver, const Facts& facts) : facts_(facts), resolver_(resolver) {}

  [[nodiscard]] const Facts& facts() const { return facts_; }

  [[nodiscard]] const message::Header& header() const { return facts_.header; }

  /// Only with a client.
  const Reverse& reverse();

 private:
  const Facts& facts_;
  dns::Resolver& resolver_;
  std::optional<Reverse> reverse_;
};

// Who sent it: checks_identity.cpp.
Seen spf(Case& message);
Seen dkim(Case& message);
Seen spf_or_dkim(Case& message);
Seen dkim_aligned(Case& message);
Seen dmarc_record(Case& message);
Seen alignment(Case& message);
Seen dmarc_policy(Case& message);
Seen key_1024(Case& message);
Seen key_2048(Case& message);

// From where, and how: checks_client.cpp.
Seen ptr(Case& message);
Seen ptr_own(Case& message);
Seen tls(Case& message);

// How it is written: checks_form.cpp.
Seen one_from(Case& message);
Seen single_fields(Case& message);
Seen message_id(Case& message);
Seen date(Case& message);
Seen form(Case& message);

// How to get rid of it: checks_unsubscribe.cpp.
Seen one_click(Case& message);
Seen one_click_or_mailto(Case& message);
Seen unsubscribe(Case& message);

Seen not_in_a_file(Case& message);

/// RFC 5322 section 3.3, the obsolete zones included; comments at the end are passed over.
bool is_date_time(std::string_view text);

}  // namespace mailtrust::receivers
