#pragma once
// Would the large receivers take this message? Their published rules (receivers.inc), each with
// source and date, held against what verification found. What no file can show (complaints,
// reputation) is listed as a note and decides nothing.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dkim/verify.hpp"
#include "dmarc/evaluate.hpp"
#include "dns/resolver.hpp"
#include "message/header.hpp"
#include "net/address.hpp"
#include "spf/check_host.hpp"

namespace mailtrust::receivers {

/// For one rule, and (the worst of its rules) for a receiver.
enum class Opinion { fine, cannot_tell, would_doubt, would_refuse };

std::string_view to_string(Opinion opinion);  ///< "fine", "cannot tell", ...

/// A line of the dated table (receivers.inc).
struct Rule {
  std::string_view receiver;              ///< "Gmail"
  std::string_view id;                    ///< "gmail.one-click"
  std::string_view check;                 ///< which test decides, see checks.cpp
  std::string_view text;                  ///< the rule in one sentence of ours
  bool bulk_only = false;                 ///< for senders of bulk mail
  Opinion breach = Opinion::would_doubt;  ///< what breaking it leads to; fine: only advice
  std::string_view source;                ///< URL
  std::string_view date;  ///< the last day on which it is known to have been so: YYYY-MM-DD
};

/// All of them, those of one receiver together.
std::span<const Rule> rules();

/// What was found out about the message.
struct Facts {
  const message::Header& header;
  std::span<const dkim::Verification> signatures;
  std::optional<spf::Result> spf;  ///< nothing: no client address is known
  const dmarc::Evaluation& dmarc;
  std::optional<net::Address> client;
  std::int64_t now = 0;  ///< Unix seconds
  bool bulk = true;      ///< judge by the rules for bulk mail too
};

struct RuleOpinion {
  const Rule* rule = nullptr;
  Opinion opinion = Opinion::cannot_tell;
  std::string reason;  ///< one line: what was seen
  bool old = false;    ///< the rule was last seen more than a year before `now`
  bool note = false;   ///< cannot be told from any file: the receiver's opinion is made without it
};

struct ReceiverOpinion {
  std::string_view receiver;
  Opinion opinion = Opinion::cannot_tell;
  std::vector<RuleOpinion> rules;  ///< in the order of the table
};

/// Does it say of itself that it went to many: List-Id, List-Unsubscribe, Feedback-ID, or a
/// Precedence of bulk, list or junk?
bool looks_bulk(const message::Header& header);

/// One for each receiver, in the order of the table. May ask for PTR and addresses of the client,
/// once for all; DNS trouble is an opinion (cannot tell).
std::vector<ReceiverOpinion> judge(dns::Resolver& resolver, const Facts& facts);

}  // namespace mailtrust::receivers
