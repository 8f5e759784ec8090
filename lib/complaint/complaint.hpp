#pragma once
// A complaint about the messages that came from one address, as a mail to who answers for it.
// RFC 5965 (the format), RFC 6650 (when and to whom), RFC 6522 (multipart/report), RFC 3834.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "complaint/incident.hpp"
#include "net/address.hpp"
#include "received/trace.hpp"

namespace mailtrust::complaint {

struct Complaint {
  std::string from;                        ///< a plain mailbox; empty: sendmail -t puts one in
  std::vector<std::string> to;             ///< plain mailboxes, at least one
  std::string agent;                       ///< "mailtrust/1.0"
  std::int64_t now = 0;                    ///< Unix seconds: its date, and part of its Message-ID
  net::Address source;                     ///< the origin that all messages share
  std::string network;                     ///< what the registry calls it, for people; may be empty
  std::vector<const Incident*> incidents;  ///< at least one, the first being the one reported
  std::vector<std::string> xarf;           ///< X-XARF reports to attach, as JSON
  bool redacted = false;
  bool reaches_provider = false;  ///< `to` holds the contact of who vouches for the source
};

/// What the limits leave out: of more messages than limits::kComplaintMessages, which all count in
/// Incidents, and of those that do not fit limits::kComplaintOctets, which mail servers would
/// refuse. Whose header alone is attached, by their place in `incidents`, and how many are not at
/// all.
struct Coverage {
  std::vector<std::size_t> header_only;
  std::size_t left_out = 0;
};

Coverage coverage_of(const Complaint& complaint);

/// The whole mail: human part, feedback report, the first message; behind these three the others
/// and what XARF says. RFC 6522 names two or three parts, so that a mail with more of them is read
/// by its first three. Lines end in CRLF when all messages' do, else in LF. The same input gives
/// the same octets.
std::string write(const Complaint& complaint);

/// What a person reads first, lines ended by LF.
std::string human_text(const Complaint& complaint, const Coverage& coverage);

/// The message/feedback-report part, lines ended by LF. RFC 5965 section 3.
std::string feedback_text(const Complaint& complaint);

}  // namespace mailtrust::complaint
