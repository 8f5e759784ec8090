#pragma once
// What DNS can tell, in three values: found, definitely not there (no data, no such name), could
// not tell. Everything that asks DNS takes a Resolver; what stands behind it (network, zone file,
// cache, recorder) is the caller's choice.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "dns/name.hpp"
#include "net/address.hpp"

namespace mailtrust::dns {

/// RR types by their IANA numbers; others may be cast from their number.
enum class Type : std::uint16_t {
  a = 1,
  ns = 2,
  cname = 5,
  soa = 6,
  ptr = 12,
  mx = 15,
  txt = 16,
  aaaa = 28,
  srv = 33,
  dname = 39,
  opt = 41,
  ds = 43,
  rrsig = 46,
  tlsa = 52,
  spf = 99,
  any = 255,
  caa = 257,
};

/// "A", "MX", or "TYPE65280" (RFC 3597 section 5) for a number without a name here.
std::string to_string(Type type);

/// The inverse, without regard to case.
std::optional<Type> type_from_string(std::string_view text);

struct Question {
  Name name;
  Type type = Type::a;

  friend bool operator==(const Question&, const Question&) = default;
};

/// "example.org MX"
std::string to_string(const Question& question);

/// One record. `data` is the RDATA with every domain name inside uncompressed.
struct Record {
  Name owner;
  Type type = Type::a;
  std::uint32_t ttl = 0;  ///< seconds; at most 2^31-1 (RFC 2181 section 8)
  std::string data;
};

/// The four ends of a lookup. `failed` is "could not tell", and never means absent.
enum class Status { found, no_data, nxdomain, failed };

/// Why a lookup failed.
enum class Failure {
  none,         ///< it did not
  timeout,      ///< no answer in time
  servfail,     ///< the server could not tell either (RCODE 2), or another RCODE without an answer
  refused,      ///< RCODE 5
  malformed,    ///< what came was not an answer to the question
  unreachable,  ///< no route, connection refused, no resolver configured
  alias_loop,   ///< more than limits::kAliases CNAMEs, or a circle of them
  too_many,     ///< the question budget of this input is spent
  cancelled,    ///< the run is being ended
};

std::string_view to_string(
    Status status);  ///< "found", "no data", "no such name", "could not tell"
std::string_view to_string(Failure failure);  ///< "timeout", "server failure", "refused", ...

/// The answer to one Question, after its aliases were followed. Immutable once made, shared freely.
struct Answer {
  Status status = Status::failed;
  Failure failure = Failure::timeout;  ///< Failure::none unless status is failed
  std::vector<Record> records;  ///< of the type asked, owned by `canonical`; order as received
  std::vector<Record> aliases;  ///< CNAMEs followed, in order (DNAMEs as the CNAMEs they make)
  Name canonical;               ///< the name at the end of the aliases
  std::uint32_t ttl = 0;        ///< seconds this answer (also a negative one) may be kept
  bool authentic = false;       ///< the resolver set AD; whether to believe it is the caller's
};

using AnswerPtr = std::shared_ptr<const Answer>;

/// The answer to a question that has none: failed, and why.
AnswerPtr could_not_tell(const Question& question, Failure failure);

/// An answer without aliases, with its names in the case of `name`, which must be equal to its
/// canonical name: whoever asks for `Example.ORG` sees that. The same object when they are already.
AnswerPtr respell(AnswerPtr answer, const Name& name);

/// MX RDATA.
struct Mx {
  std::uint16_t preference = 0;
  Name exchange;
};

/// A lookup with its records decoded. When `status` is found, `records` is not empty.
template <typename T>
struct Lookup {
  Status status = Status::failed;
  std::vector<T> records;
  AnswerPtr answer;  ///< never null
};

/// Asks questions. Thread-safe. A plain call blocks its thread until the answer is there; it always
/// returns, within the time bound its maker was given.
class Resolver {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  Resolver() = default;
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;
  virtual ~Resolver() = default;

  /// Never null. Class IN.
  virtual AnswerPtr query(const Question& question) = 0;

  /// The same for who cannot wait so long: failed/timeout when there is no answer by `deadline`. A
  /// Resolver that never makes anybody wait need not know of it.
  virtual AnswerPtr query_until(const Question& question, Deadline deadline);

  /// Starts questions that will be asked soon, without waiting. A hint: may do nothing.
  virtual void prefetch(std::span<const Question> questions);

  /// Tells that this question would have been asked, had its input not run out of time. Only a
  /// recorder cares: the replay must not take what nobody asked for absent.
  virtual void give_up(const Question& question);

  /// TXT records, the strings of each joined without a separator.
  Lookup<std::string> txt(const Name& name);
  Lookup<Mx> mx(const Name& name);                ///< by preference, ties as received
  Lookup<Name> ptr(const net::Address& address);  ///< the names `address` claims
  Lookup<net::Address> addresses(const Name& name, net::Family family);  ///< A or AAAA
  Lookup<net::Address> addresses(const Name& name, net::Family family, Deadline deadline);
};

/// Decoders, for those who hold a Record. Nothing when the RDATA has not the shape its type
/// demands.
std::optional<std::string> decode_txt(const Record& record);
std::optional<Mx> decode_mx(const Record& record);
std::optional<Name> decode_name(const Record& record);  ///< NS, CNAME, PTR, DNAME
std::optional<net::Address> decode_address(const Record& record);

}  // namespace mailtrust::dns

template <>
struct std::hash<mailtrust::dns::Question> {
  std::size_t operator()(const mailtrust::dns::Question& question) const noexcept {
    return std::hash<mailtrust::dns::Name>{}(question.name) ^
           static_cast<std::size_t>(question.type) * 0x9e3779b97f4a7c15ULL;
  }
};
