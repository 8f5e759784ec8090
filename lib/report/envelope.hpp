#pragma once
// How reports come: a document, packed or not, or the mail that carries it.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace mailtrust::report {

enum class Kind { aggregate, tls, failure, other };

/// One document on its way out.
struct Document {
  Kind kind = Kind::other;
  std::string name;         ///< for people, behind the file's: "(member.xml)", "(part 2)"; or empty
  std::string_view octets;  ///< of a failure report the whole mail; lives until the sink returns
  std::string fault;  ///< a clause when its packing is damaged, or why it is other; else empty
};

/// False: no more documents are wanted.
using DocumentSink = std::function<bool(const Document&)>;

/// What is in `octets`: a document by itself, gzip, zip (all members), or a mail with any of them
/// as its parts, also forwarded as message/rfc822. Recognized by content, not by name or type. What
/// is no report is Kind::other once, when there is nothing else. At most
/// limits::kReportInflated and kReportMembers for all of it: else an Error of kind input, and what
/// was handed on stands.
Expected<void> open_envelope(std::string_view octets, const DocumentSink& sink);

}  // namespace mailtrust::report
