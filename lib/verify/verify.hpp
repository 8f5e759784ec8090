#pragma once
// Is a message genuine? SPF, DKIM, ARC and DMARC of one message in one reading, as a receiver would
// do it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arc/chain.hpp"
#include "authres/authres.hpp"
#include "base/expected.hpp"
#include "dkim/diagnose.hpp"
#include "dkim/verify.hpp"
#include "dmarc/evaluate.hpp"
#include "dns/resolver.hpp"
#include "message/header.hpp"
#include "message/reader.hpp"
#include "net/address.hpp"
#include "net/prefix_set.hpp"
#include "received/handover.hpp"
#include "spf/check_host.hpp"

namespace mailtrust::verify {

/// What the caller knows about the SMTP session; what is missing comes from the Received fields.
struct Session {
  std::optional<net::Address> ip;
  std::optional<std::string> helo;
  std::optional<std::string> mail_from;  ///< without brackets; empty: the null reverse-path
};

struct Options {
  Session session;
  net::PrefixSet trusted;   ///< whose hand-over is passed on from
  std::int64_t now = 0;     ///< Unix seconds
  bool diagnose = true;     ///< say why signatures fail
  std::string authserv_id;  ///< of the field to write; empty: the newest Received field's host
};

/// The SPF check of a message, and where its arguments come from.
struct SpfCheck {
  spf::Request request;
  spf::Outcome outcome;
  bool from_message = false;  ///< the hand-over, not the options
  std::string source;         ///< one sentence: where address and names come from
};

/// A failing signature explained.
struct Explanation {
  std::size_t signature = 0;  ///< index in `dkim`
  dkim::Diagnosis diagnosis;
};

struct Outcome {
  message::Header header;
  std::vector<dkim::Verification> dkim;
  std::size_t signatures_passed_over = 0;
  dkim::LineEnds line_ends;  ///< of the body of a message with signatures
  std::vector<Explanation> explanations;
  arc::Chain arc;
  received::Handover handover;  ///< what the Received fields prove about the client
  std::optional<SpfCheck> spf;  ///< nothing: no address to check
  std::string spf_unknown;      ///< why not, in one sentence
  dmarc::Evaluation dmarc;
  std::vector<authres::Claim> claims;
  std::string authentication_results;  ///< the field to insert, with its CRLF
  std::string received_spf;            ///< the field to insert; empty without an SPF check
};

/// Reads the message to its end. An Error only when it cannot be read or breaks a limit.
Expected<Outcome> verify(message::Reader& reader, dns::Resolver& resolver, const Options& options);

}  // namespace mailtrust::verify
