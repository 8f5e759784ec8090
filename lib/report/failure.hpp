#pragma once
// A report about one message that failed. RFC 6591, RFC 9991 (DMARC failure reports).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "net/address.hpp"

namespace mailtrust::report {

struct Failure {
  std::string domain;    ///< the one failed for, in lower case
  std::string reporter;  ///< the mailbox that the report came from
  std::string failed;    ///< RFC 6591 section 3.1: "dmarc", "dkim", "spf", ...; may be empty
  std::string delivery;  ///< "delivered", "spam", "policy", "reject", "other"; may be empty
  std::optional<net::Address> source;
  std::optional<std::int64_t> arrival;  ///< Unix seconds
  std::string from, subject, message_id;
  std::vector<std::string> results;  ///< Authentication-Results, on one line
  std::vector<std::string> faults;   ///< clauses
};

/// `octets` is the mail. An Error of kind input when it holds no feedback report, or one of another
/// kind than an authentication failure ("abuse").
Expected<Failure> read_failure(std::string_view octets);

/// One line: "example.com: dmarc failed from 192.0.2.1".
std::string headline(const Failure& failure);

}  // namespace mailtrust::report
