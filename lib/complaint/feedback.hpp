#pragma once
// Complaints that others sent: who complained about what. RFC 5965 and RFC 6650 (feedback reports),
// RFC 6591 (authentication failures), RFC 6692 (Source-Port), and the layouts of those who have
// their own: Microsoft's junk mail reports, X-ARF 0.1 and 0.2, XARF 3 and 4, Apple's
// unsubscriptions.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.hpp"
#include "net/address.hpp"

namespace mailtrust::complaint {

/// In which layout a complaint came.
enum class Layout { arf, jmrp, xarf_plain, xarf3, xarf4, unsubscribe };

std::string_view to_string(Layout layout);  ///< "arf", "jmrp", "x-arf", "xarf-3", "xarf-4", ...

/// What the complaint attaches of the message.
enum class Original { none, header, whole };

std::string_view to_string(Original original);

/// What does not fit. The complaint is read all the same.
struct Oddity {
  enum class Kind {
    malformed,      ///< not as the standard says: a field missing, twice, or not readable
    contradiction,  ///< the report says other than the message it attaches
    no_original,    ///< the message is not there
  };

  Kind kind = Kind::malformed;
  std::string message;  ///< a clause; text from outside quoted
};

struct Feedback {
  Layout layout = Layout::arf;
  std::string type;  ///< in lower case: "abuse", "fraud", "virus", "not-spam", "auth-failure", ...
  std::string reporter;       ///< the mailbox that the report came from
  std::string reporter_name;  ///< decoded; or the organization
  std::string user_agent;
  std::string version;
  std::optional<std::int64_t> reported;  ///< Date of the report
  std::optional<net::Address> source;    ///< unmapped
  std::optional<std::int64_t> source_port;
  std::optional<std::int64_t> arrival;
  std::optional<std::string> mail_from;  ///< "" is the null reverse-path
  std::vector<std::string> recipients;
  bool redacted = false;  ///< recipients are left out or replaced, as far as can be seen
  std::vector<std::string> domains;
  std::vector<std::string> uris;
  std::vector<std::string> results;  ///< Authentication-Results, on one line
  std::string auth_failure;          ///< RFC 6591 section 3.1: "dmarc", "dkim", "spf", ...
  std::string delivery_result;
  std::uint64_t incidents = 1;

  Original original = Original::none;
  std::string message_id;
  std::string subject;  ///< decoded
  std::string from;     ///< decoded
  std::optional<std::int64_t> date;
  std::string list_id;
  std::string list_unsubscribe;
  /// Fields that senders put in to know their mail again: Feedback-ID, X-...-ID and the like.
  std::vector<std::pair<std::string, std::string>> identifiers;

  std::vector<Oddity> oddities;
};

/// Values of one kind (recipients, domains, addresses of the web) that are kept at most; the rest
/// is an oddity.
inline constexpr std::size_t kMaxValues = 100;

/// `octets` is the mail, or a XARF document by itself. An Error of kind input, `where` empty, when
/// it is no complaint of any of these layouts. Linear; a report inside a forwarded mail is found to
/// a depth of three; a XARF document of more than limits::kFeedbackPart octets is an Error.
Expected<Feedback> read_feedback(std::string_view octets);

}  // namespace mailtrust::complaint
