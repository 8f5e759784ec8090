#pragma once
// DMARC aggregate reports. RFC 7489 appendix C, RFC 9990 (its schema has a namespace), and what
// reporters write instead.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace mailtrust::report {

/// What does not fit; the report is read all the same.
struct Fault {
  std::string where;    ///< `LINE:COLUMN` in the document, or empty
  std::string message;  ///< a clause; text from outside quoted
};

struct PublishedPolicy {
  std::string domain;                                               ///< in lower case, A-labels
  std::string p, sp, np, adkim, aspf, fo, pct, testing, discovery;  ///< in lower case; may be empty
};

/// One authentication result, as it stands but in lower case.
struct AuthResult {
  std::string_view kind;  ///< "spf" or "dkim"
  std::string_view domain;
  std::string_view selector;  ///< of dkim
  std::string_view scope;     ///< of spf: "mfrom", "helo"
  std::string_view result;
};

struct OverrideReason {
  std::string_view type;  ///< "forwarded", "local_policy", "mailing_list", ..., in lower case
  std::string_view comment;
};

/// Views live until the sink returns.
struct Record {
  std::string_view source_ip;  ///< as net::to_string() has it, unmapped; else as it stands
  std::uint64_t count = 0;
  std::string_view disposition, dkim, spf;  ///< policy_evaluated, in lower case
  std::vector<OverrideReason> reasons;
  std::string_view header_from, envelope_from, envelope_to;  ///< in lower case
  std::vector<AuthResult> auth;                              ///< dkim before spf, each as it comes
};

struct Metadata {
  std::string org, email, contact, report_id, generator;
  std::optional<std::int64_t> begin, end;  ///< Unix seconds
  std::vector<std::string> errors;         ///< the reporter's own
  PublishedPolicy policy;
  std::string version;
  bool namespaced = false;  ///< RFC 9990's schema
};

/// The metadata is complete as soon as the first record is handed on, wherever it stands. False: no
/// more records are wanted.
using RecordSink = std::function<bool(const Metadata&, const Record&)>;

/// `document` is the XML: UTF-8, UTF-16 with or without a byte order mark, or a charset that its
/// declaration names. Records are cut out and parsed one at a time: memory is that of one. A
/// DOCTYPE, and what is over limits::kXml..., is an Error of kind input with line and column; what
/// was handed on before stands. A document that is cut or not well-formed gives what is sound, and
/// faults say what is not, at most limits::kMessagesPerInput of them.
Expected<Metadata> read_aggregate(std::string_view document, const RecordSink& sink,
                                  std::vector<Fault>& faults);

/// Does it look like one, from its first octets? Also one that read_aggregate() refuses.
bool is_aggregate(std::string_view document);

}  // namespace mailtrust::report
