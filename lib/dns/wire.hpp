#pragma once
// DNS messages as they travel: the question we send, and how much of an answer may be believed.
// RFC 1035 section 4, RFC 6891 (EDNS), RFC 2308 (negative answers), RFC 6672 (DNAME).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::dns::wire {

/// Seconds a negative answer is kept at most. RFC 2308 section 5.
inline constexpr std::uint32_t kMaxNegativeTtl = 3 * 60 * 60;

/// A query of class IN with RD, and AD so that AD comes back (RFC 6840 section 5.7). With `edns` an
/// OPT record is the last thing in it.
std::string encode(const Question& question, std::uint16_t id, bool edns);

/// What one message said about a question.
struct Response {
  enum class Kind {
    answered,    ///< `answer` is final: found, no_data or nxdomain
    unfinished,  ///< aliases lead to `answer.canonical`, which is to be asked for next
    truncated,   ///< TC: to be asked again over TCP
    no_edns,     ///< FORMERR, NOTIMP or BADVERS: to be asked again without OPT
    failed,      ///< `answer.failure` says why; another server may know more
  };

  Kind kind = Kind::failed;
  Answer answer;
};

/// Reads `message` as the answer to `question`, believing nothing: it must be a response to a
/// standard query, repeat exactly the question, hold what its counts say and nothing more, in class
/// IN, with compression pointers that only lead backwards, every RDATA in the shape its type
/// demands, and rcode and records that agree. All else is failed/malformed. The id is not looked
/// at: c-ares draws and matches it.
///
/// Records count when owned by the question's name or a name its CNAMEs and DNAMEs lead to; others
/// are ignored, and a message that answers with nothing else is no answer. `followed` are the
/// aliases that earlier responses led along to this question: they come first in the answer's, and
/// count towards limits::kAliases and its time to live. A referral is no answer.
Response decode(std::string_view message, const Question& question,
                std::vector<Record> followed = {});

}  // namespace mailtrust::dns::wire
