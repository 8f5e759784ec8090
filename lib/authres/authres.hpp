#pragma once
// Authentication-Results and Received-SPF: read as others' words, and written.
// RFC 8601, RFC 7208 section 9.1.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "message/header.hpp"

namespace mailtrust::authres {

/// One `resinfo`: method, result, properties.
struct Statement {
  std::string method;                                           ///< "dkim"
  std::string result;                                           ///< "pass"
  std::string reason;                                           ///< empty: none
  std::vector<std::pair<std::string, std::string>> properties;  ///< "header.d", "example.org"
};

struct Results {
  std::string authserv_id;  ///< unquoted; empty when the field is not readable
  std::vector<Statement> statements;
  std::string problem;  ///< one line; empty when the field is well-formed
};

/// `value` of an Authentication-Results Field, in any spelling the grammar allows. Never fails.
Results parse(std::string_view value);

/// A field of the message that claims a result, shown beside the verdict and never part of it.
struct Claim {
  std::string field;     ///< its name: Authentication-Results, Received-SPF, X-...
  std::size_t line = 1;  ///< of the message
  std::string authserv_id;
  std::string text;     ///< unfolded value
  bool remove = false;  ///< RFC 8601 section 5: a receiver called `authserv_id` must take it out
};

/// All such fields, in order. `own`: the authserv-id of the receiver.
std::vector<Claim> claims(const message::Header& header, std::string_view own);

/// "Authentication-Results: ID; ..." folded at 78 octets, ends in CRLF; values quoted and escaped
/// as RFC 2045 and 8601 demand, so that nothing in them can add a field or a result. No statements:
/// "none".
std::string format(std::string_view authserv_id, const std::vector<Statement>& statements);

/// "Received-SPF: pass (...) client-ip=...; ..." RFC 7208 section 9.1. Ends in CRLF.
struct ReceivedSpf {
  std::string result;
  std::string comment;
  std::string receiver;
  std::string client_ip;
  std::string envelope_from;
  std::string helo;
  std::string identity;   ///< "mailfrom" or "helo"
  std::string mechanism;  ///< empty: left out
  std::string problem;    ///< empty: left out
};

std::string format(const ReceivedSpf& field);

}  // namespace mailtrust::authres
